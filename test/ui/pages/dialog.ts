import type { Locator, Page } from 'playwright-core';
import { until } from '../../workbench/until';

/** VS Code drops the fourth notification within 800 ms, which nobody reaches who reads before pressing a button. */
const quietMs = 1000;

export interface DialogText {
  readonly title: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** The modal dialog of the workbench. */
export class Dialog {
  private readonly box: Locator;
  private quietUntil = 0;

  constructor(private readonly page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Waits for a dialog and reads it; buttons in the order of the tab key. */
  async read(): Promise<DialogText> {
    await this.box.waitFor();
    const detail = this.box.locator('.dialog-message-detail');
    return {
      title: await this.box.locator('.dialog-message-text').innerText(),
      detail: (await detail.isVisible()) ? await detail.innerText() : '',
      buttons: await this.box.locator('.dialog-buttons .monaco-button').allInnerTexts(),
    };
  }

  async press(button: string): Promise<void> {
    await this.box.waitFor();
    await until('VS Code shows what follows', () => Promise.resolve(performance.now() > this.quietUntil));
    this.quietUntil = performance.now() + quietMs;
    // The next dialog may follow at once: only this one has to go.
    const box = await this.box.elementHandle();
    await this.box.locator('.dialog-buttons .monaco-button').getByText(button, { exact: true }).click();
    await box?.waitForElementState('hidden');
  }

  async escape(): Promise<void> {
    await this.box.waitFor();
    await until('the dialog closes on Escape', async () => {
      await this.page.keyboard.press('Escape');
      return !(await this.box.isVisible());
    });
  }

  /** Closes it with the cross in its corner. */
  async close(): Promise<void> {
    await this.box.locator('.codicon-dialog-close').click();
    await this.box.waitFor({ state: 'hidden' });
  }

  isOpen(): Promise<boolean> {
    return this.box.isVisible();
  }
}
