import * as l10n from '@vscode/l10n';
import { isUnseen } from '../../core/accountName';
import { unsendableIn } from '../../core/keyRules';
import { visibleText } from '../../util/visible';

const longestName = 60;

/** What is wrong with an account's name; undefined when nothing is. */
export function nameProblem(value: string, taken: readonly string[]): string | undefined {
  const name = value.trim();
  if (name === '') return l10n.t('Enter a name.');
  if ([...name].length > longestName) return l10n.t('At most {0} characters.', longestName);
  if (isUnseen(name)) return l10n.t('Enter a name that can be seen.');
  if (/\p{C}/u.test(name) || visibleText(name) !== name)
    return l10n.t('The name holds characters that cannot be seen.');
  return taken.includes(name) ? l10n.t('Another account of this cloud has this name.') : undefined;
}

/** What is wrong with a part of the keys; never repeats it. */
export function keyProblem(value: string, optional: boolean): string | undefined {
  const text = value.trim();
  if (text === '') return optional ? undefined : l10n.t('This cannot be empty.');
  const found = unsendableIn(text);
  return found === undefined ? undefined : l10n.t('It holds a character that no key has: {0}. Copy it again.', found);
}
