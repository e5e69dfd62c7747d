import type { Locator, Page } from 'playwright-core';
import { until } from '../../workbench/until';
import { Tree } from './tree';

const settleMs = 3000;

/** The activity bar and the views beside it. */
export class SideBar {
  constructor(private readonly page: Page) {}

  /** Shows a view container; does nothing when it is shown already. */
  async open(container: string): Promise<void> {
    const label = `.action-label[aria-label^=${JSON.stringify(container)}]`;
    const item = this.page
      .locator('.activitybar .action-item')
      .filter({ has: this.page.locator(label) })
      .first();
    await item.waitFor();
    const title = this.page.locator('.part.sidebar .composite.title h2').filter({ hasText: container });
    // A click on what is shown hides it, and after a reload it may be shown at any moment.
    await until(`the container "${container}" is shown`, async () => {
      if (await title.isVisible()) return true;
      await item.locator(label).click();
      return title.waitFor({ timeout: settleMs }).then(
        () => true,
        () => undefined,
      );
    });
  }

  tree(view: string): Tree {
    return new Tree(this.page, view);
  }

  /** Opens a view that is folded. */
  async unfold(view: string): Promise<void> {
    const header = this.pane(view).locator('.pane-header');
    await until(`the view "${view}" is open`, async () => {
      if ((await header.getAttribute('aria-expanded')) === 'true') return true;
      await header.click();
      return undefined;
    });
  }

  /** Presses a button in the header of a view. */
  async pressTitleAction(view: string, title: string): Promise<void> {
    const header = this.pane(view).locator('.pane-header');
    await header.hover();
    await header.locator(`.action-label[aria-label^=${JSON.stringify(title)}]`).click();
  }

  /** What an empty view says. */
  async welcomeText(view: string): Promise<string> {
    return until(`the view "${view}" says what to do`, async () => {
      const text = await this.welcome(view).innerText();
      return text.trim() !== '' && text;
    });
  }

  async pressWelcomeButton(view: string, title: string): Promise<void> {
    await this.welcome(view).locator('.monaco-button', { hasText: title }).click();
  }

  async pressWelcomeLink(view: string, text: string): Promise<void> {
    // The hover of what was clicked before can lie above it.
    await this.page.mouse.move(0, 0);
    await this.welcome(view).locator('a.monaco-link', { hasText: text }).click();
  }

  private welcome(view: string): Locator {
    return this.pane(view).locator('.welcome-view-content');
  }

  private pane(view: string): Locator {
    const header = this.page.locator(`.pane-header[aria-label^=${JSON.stringify(view)}]`);
    return this.page.locator('.part.sidebar .pane').filter({ has: header });
  }
}
