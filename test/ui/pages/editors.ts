import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../../workbench/until';
import { readEditorText } from './editorText';

/** The tabs in the middle and what they show. */
export class Editors {
  constructor(private readonly page: Page) {}

  titles(): Promise<string[]> {
    return this.tabs().evaluateAll((tabs) =>
      tabs.map((tab) => tab.querySelector('.monaco-icon-label-container')?.textContent ?? ''),
    );
  }

  /** The title of the active tab, if there is one. */
  async activeTitle(): Promise<string | undefined> {
    const active = this.page.locator('.part.editor .editor-group-container.active .tabs-container .tab.active');
    const [title] = await active.evaluateAll((tabs) =>
      tabs.map((tab) => tab.querySelector('.monaco-icon-label-container')?.textContent ?? ''),
    );
    return title;
  }

  /** Waits until a tab is the active one; returns its title. */
  async waitForActive(title: string | RegExp): Promise<string> {
    return until(`the tab ${title} is active`, async () => {
      const active = await this.activeTitle();
      return active !== undefined && (typeof title === 'string' ? active === title : title.test(active)) && active;
    });
  }

  async activate(title: string | RegExp): Promise<void> {
    await this.tab(title).click();
    await this.waitForActive(title);
  }

  async close(title: string): Promise<void> {
    await this.tab(title).hover();
    await this.tab(title).locator('.tab-actions .action-label').first().click();
    await this.tab(title).waitFor({ state: 'hidden' });
  }

  /** Presses a button at the right of the tabs. */
  async pressAction(title: string): Promise<void> {
    const actions = this.page.locator('.part.editor .editor-group-container.active .editor-actions');
    await actions.locator(`.action-label[aria-label^=${JSON.stringify(title)}]`).click();
  }

  /** The whole text of the active text editor. */
  text(): Promise<string> {
    const editor = this.page
      .locator('.part.editor .editor-group-container.active .editor-instance .monaco-editor')
      .first();
    return readEditorText(this.page, editor);
  }

  /** The document inside the webview that is in sight. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }

  private tab(title: string | RegExp): Locator {
    return this.tabs()
      .filter({ has: this.page.locator('.monaco-icon-label-container', { hasText: title }) })
      .first();
  }

  private tabs(): Locator {
    return this.page.locator('.part.editor .tabs-container .tab');
  }
}
