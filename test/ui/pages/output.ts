import type { Page } from 'playwright-core';
import { until } from '../../workbench/until';
import { readEditorText } from './editorText';
import type { QuickInput } from './quickInput';

/** The Output panel. */
export class Output {
  constructor(
    private readonly page: Page,
    private readonly quickInput: QuickInput,
  ) {}

  /** Shows a channel and reads all of it. */
  async read(channel: string): Promise<string> {
    await this.quickInput.runCommand('Output: Show Output Channels...');
    await this.quickInput.choose(channel);
    const view = this.page.locator(`.output-view[aria-label^=${JSON.stringify(channel)}]`);
    await view.waitFor();
    return readEditorText(this.page, view.locator('.monaco-editor').first());
  }

  /** Waits until a channel says something; lines reach the panel with a delay. */
  async waitFor(channel: string, text: RegExp): Promise<string> {
    return until(`the output "${channel}" says ${text}`, async () => {
      const all = await this.read(channel);
      return text.test(all) && all;
    });
  }
}
