import type { FrameLocator, Locator } from 'playwright-core';
import { until } from '../../workbench/until';
import type { Editors } from './editors';

/** The tab that shows what the hosts of a run said. */
export class ResultPage {
  constructor(private readonly editors: Editors) {}

  get frame(): FrameLocator {
    return this.editors.webview();
  }

  /** Waits until it says so of the run. */
  async waitForStatus(status: RegExp): Promise<string> {
    return until(`the result says ${status}`, async () => {
      const text = await this.status();
      return status.test(text) && text;
    });
  }

  async status(): Promise<string> {
    const texts = await this.frame.locator('.state').allTextContents();
    return texts[0]?.trim() ?? '';
  }

  /** Titles of the groups, from top to bottom. */
  groups(): Promise<string[]> {
    return this.frame.locator('.group h3').allTextContents();
  }

  group(title: string | RegExp): Locator {
    return this.frame.locator('.group').filter({ has: this.frame.locator('h3', { hasText: title }) });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** Names of the hosts, from top to bottom. */
  hosts(): Promise<string[]> {
    return this.frame.locator('tbody th button').allTextContents();
  }

  async filter(text: string): Promise<void> {
    await this.frame.getByRole('searchbox').fill(text);
  }

  async choose(name: string): Promise<void> {
    await this.frame.getByRole('checkbox', { name: `Choose ${name}` }).check();
  }
}
