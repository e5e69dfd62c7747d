import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { UserError } from '../contract/errors';

/** Puts lines on the clipboard and says how many of what in the status bar. */
export async function copy(lines: readonly string[], said: (count: number) => string): Promise<void> {
  if (lines.length === 0) throw new UserError(l10n.t('There is nothing to copy here.'));
  await vscode.env.clipboard.writeText(lines.join('\n'));
  sayBriefly(said(lines.length));
}

/** In the status bar, for a moment. */
export function sayBriefly(text: string): void {
  vscode.window.setStatusBarMessage(text, 3_000);
}
