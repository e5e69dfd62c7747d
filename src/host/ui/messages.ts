import * as vscode from 'vscode';
import { oneLine } from '../../util/plainText';
import { visibleText } from '../../util/visible';
import { asText, inMessage } from './plainText';

export type Severity = 'info' | 'warning' | 'error';

/** What a modal shows; lines are kept. */
export interface ModalText {
  readonly message: string;
  readonly detail: string;
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
export function showModal(
  severity: Severity,
  { message, detail }: ModalText,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  const lines = detail.split('\n').map((line) => visibleText(line));
  const options = { modal: true, detail: lines.join('\n') };
  const shown = visibleText(message);
  switch (severity) {
    case 'info':
      return vscode.window.showInformationMessage(shown, options, ...buttons);
    case 'warning':
      return vscode.window.showWarningMessage(shown, options, ...buttons);
    case 'error':
      return vscode.window.showErrorMessage(shown, options, ...buttons);
    default: {
      const never: never = severity;
      return never;
    }
  }
}
