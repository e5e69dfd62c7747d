import type { Locator, Page } from 'playwright-core';
import { until } from '../../workbench/until';

const copyTimeoutMs = 3000;
const nothingYet = 'nothing has been copied yet';

/** The whole text of an editor, lines out of sight included: only the clipboard gets them all. */
export async function readEditorText(page: Page, editor: Locator): Promise<string> {
  await editor.locator('.view-lines').waitFor();
  const input = editor.locator('.native-edit-context, textarea.inputarea').first();
  await page.evaluate((text) => navigator.clipboard.writeText(text), nothingYet);
  await input.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+C');
  const text = await until('the text of the editor is copied', () => readCopy(page), copyTimeoutMs).catch(() => ''); // An empty editor copies nothing.
  await page.keyboard.press('ArrowLeft'); // Leaves nothing selected for the next picture.
  return text;
}

async function readCopy(page: Page): Promise<string | undefined> {
  const text = await page.evaluate(() => navigator.clipboard.readText());
  return text === nothingYet ? undefined : text;
}
