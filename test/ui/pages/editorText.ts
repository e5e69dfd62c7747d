import type { Locator, Page } from 'playwright-core';
import { until } from './until';

const nothingYet = 'nothing has been copied yet';

/** The whole text of an editor, lines out of sight included: only the clipboard gets them all. */
export async function readEditorText(page: Page, editor: Locator): Promise<string> {
  await editor.locator('.view-lines').waitFor();
  const input = editor.locator('.native-edit-context, textarea.inputarea').first();
  await page.evaluate((text) => navigator.clipboard.writeText(text), nothingYet);
  await input.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+C');
  return until('the text of the editor is copied', async () => {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    return text === nothingYet ? undefined : { text };
  }, 3000).then(({ text }) => text, () => ''); // Nothing is copied from an empty editor.
}
