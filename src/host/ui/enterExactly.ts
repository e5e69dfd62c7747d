import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { TypedConfirmation } from '../../services/actions/ports';
import { oneLine } from '../../util/plainText';
import { inPrompt } from './plainText';

/** Whether exactly the expected text was typed. */
export async function enterExactly({ prompt, expected }: TypedConfirmation): Promise<boolean> {
  const shown = inPrompt(oneLine(prompt, 300));
  // What is said of a wrong value takes the place of the prompt, so it says that, too: the text to type stays in sight.
  const wrong = inPrompt(oneLine(l10n.t('The text does not match. {0}', prompt), 300));
  const validateInput = (value: string): string | undefined => {
    if (value === expected) return undefined;
    return expected.startsWith(value) ? shown : wrong;
  };
  const title = l10n.t('Confirm by typing');
  return (await vscode.window.showInputBox({ title, prompt: shown, ignoreFocusOut: true, validateInput })) === expected;
}
