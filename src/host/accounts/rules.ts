import * as l10n from '@vscode/l10n';

const longestName = 60;

/** What is wrong with an account's name; undefined when nothing is. */
export function nameProblem(value: string, taken: readonly string[]): string | undefined {
  const name = value.trim();
  if (name === '') return l10n.t('Enter a name.');
  if ([...name].length > longestName) return l10n.t('At most {0} characters.', longestName);
  if (/\p{C}/u.test(name)) return l10n.t('The name holds characters that cannot be seen.');
  return taken.includes(name) ? l10n.t('Another account of this cloud has this name.') : undefined;
}

/** What is wrong with a part of the keys; never repeats it. */
export function keyProblem(value: string, optional: boolean): string | undefined {
  const text = value.trim();
  if (text === '') return optional ? undefined : l10n.t('This cannot be empty.');
  return /^[\x21-\x7e]+$/.test(text)
    ? undefined
    : l10n.t('Keys hold neither spaces nor line breaks nor characters beyond ASCII. Copy it again.');
}
