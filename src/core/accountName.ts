import * as l10n from '@vscode/l10n';
import { visibleText } from '../util/visible';

/** Longer names are cut: they are typed to confirm. */
const longest = 64;
/** What leaves no mark on a screen: blanks, controls, fillers, and the signs that stand for nothing. */
const unseen = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]|\u{13440}/gu;

/**
 * What an account is called where it is shown and where its name must be typed: exactly what can be seen. Blanks at
 * its ends and two in a row stand as their codes, and a name of which nothing can be seen gets one of ours.
 */
export function accountName(name: string): string {
  if (isUnseen(name)) return unnamedAccount();
  const [shown, before, behind] = withoutEnds(visibleText(name.normalize('NFC')));
  const inner = shown.replace(/ {2,}/g, coded);
  return [...`${coded(before)}${inner}${coded(behind)}`].slice(0, longest).join('');
}

/** Whether nothing of a name can be seen. */
export function isUnseen(name: string): boolean {
  return name.replace(unseen, '') === '';
}

/** What an account without a name is called. */
export function unnamedAccount(): string {
  return l10n.t('unnamed');
}

function withoutEnds(text: string): [inner: string, before: string, behind: string] {
  const inner = text.trim();
  const start = text.indexOf(inner);
  return [inner, text.slice(0, start), text.slice(start + inner.length)];
}

function coded(blanks: string): string {
  return '\\u{20}'.repeat(blanks.length);
}
