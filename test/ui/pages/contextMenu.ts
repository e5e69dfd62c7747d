import type { Locator, Page } from 'playwright-core';
import { until } from '../../workbench/until';

/** The menu that is open, with the submenus opened from it. */
export class ContextMenu {
  constructor(private readonly page: Page) {}

  /** The titles shown, without separators. */
  async items(): Promise<string[]> {
    await this.menu().first().waitFor();
    return this.page.locator('.monaco-menu .action-menu-item > .action-label').allInnerTexts();
  }

  /** Chooses an item; more than one title leads through submenus. */
  async choose(...titles: string[]): Promise<void> {
    for (let depth = 0; depth < titles.length - 1; depth++) {
      await this.openSubmenu(titles, depth);
    }
    const item = this.item(titles, titles.length - 1);
    await item.waitFor();
    // A menu ignores clicks in its first moments, so that the click which opened it cannot choose.
    await until(`the menu closes after "${titles.join(' > ')}"`, async () => {
      await item.click({ timeout: 500 }).catch(() => undefined);
      return hidden(item);
    });
  }

  async close(): Promise<void> {
    await until('the menu closes on Escape', async () => {
      await this.page.keyboard.press('Escape');
      return hidden(this.menu().first());
    });
  }

  private async openSubmenu(titles: readonly string[], depth: number): Promise<void> {
    const item = this.item(titles, depth);
    await until(`"${titles[depth]}" opens its submenu`, async () => {
      await item.click({ timeout: 500 }).catch(() => undefined);
      return shown(this.item(titles, depth + 1));
    });
  }

  private item(titles: readonly string[], depth: number): Locator {
    const place =
      depth === 0 ? '.monaco-menu .action-menu-item:not(.monaco-submenu *)' : '.monaco-submenu .action-menu-item';
    return this.page.locator(place).filter({
      has: this.page.locator(`.action-label[aria-label=${JSON.stringify(titles[depth])}]`),
    });
  }

  private menu(): Locator {
    return this.page.locator('.monaco-menu');
  }
}

const settleMs = 300;

function hidden(target: Locator): Promise<boolean> {
  return target.waitFor({ state: 'hidden', timeout: settleMs }).then(
    () => true,
    () => false,
  );
}

function shown(target: Locator): Promise<boolean> {
  return target.waitFor({ state: 'visible', timeout: settleMs }).then(
    () => true,
    () => false,
  );
}
