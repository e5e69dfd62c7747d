import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { oneLine } from '../../util/plainText';
import { visibleText } from '../../util/visible';
import { asText, inMessage } from './plainText';

export type Severity = 'info' | 'warning' | 'error';

/** What a modal shows; lines are kept. */
export interface ModalText {
  readonly message: string;
  readonly detail: string;
  /** There is nothing to turn down: it is closed, not cancelled. */
  readonly isNotice?: boolean;
}

const longest = 600;

/** A message in the corner. VS Code would make links, and commands that a click runs, of some texts: none of ours. */
export function notify(
  severity: Severity,
  message: string,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  const shown = inMessage(oneLine(asText(message), longest));
  switch (severity) {
    case 'info':
      return vscode.window.showInformationMessage(shown, ...buttons);
    case 'warning':
      return vscode.window.showWarningMessage(shown, ...buttons);
    case 'error':
      return vscode.window.showErrorMessage(shown, ...buttons);
    default: {
      const never: never = severity;
      return never;
    }
  }
}

/** A question, or something to read, in the middle of the window. Escape, the cross and Cancel are undefined. */
export async function showModal(
  severity: Severity,
  { message, detail, isNotice }: ModalText,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  const lines = detail.split('\n').map((line) => visibleText(line));
  const options = { modal: true, detail: lines.join('\n') };
  const shown = visibleText(message);
  if (isNotice !== true) return modals[severity](shown, options, ...buttons);
  const close = { title: l10n.t('Close'), isCloseAffordance: true };
  const chosen = await notices[severity](shown, options, ...buttons.map((title) => ({ title })), close);
  return buttons.find((title) => title === chosen?.title);
}

type Arguments<Item> = [message: string, options: vscode.MessageOptions, ...items: Item[]];

const modals = {
  info: (...args: Arguments<string>) => vscode.window.showInformationMessage(...args),
  warning: (...args: Arguments<string>) => vscode.window.showWarningMessage(...args),
  error: (...args: Arguments<string>) => vscode.window.showErrorMessage(...args),
} as const;

const notices = {
  info: (...args: Arguments<vscode.MessageItem>) => vscode.window.showInformationMessage(...args),
  warning: (...args: Arguments<vscode.MessageItem>) => vscode.window.showWarningMessage(...args),
  error: (...args: Arguments<vscode.MessageItem>) => vscode.window.showErrorMessage(...args),
} as const;
