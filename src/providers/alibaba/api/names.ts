import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';

/** 2 to 128 characters, a letter first; whether the vendor counts Chinese ones as letters differs from page to page. */
const pattern = /^\p{L}[\p{L}\p{Nd}._:-]{1,127}$/u;

/** What an ECS instance or a managed instance may be called. */
export const instanceName = () =>
  z.string().check(
    z.minLength(2),
    z.maxLength(128),
    z.refine((value) => nameProblem(value) === undefined),
  );

/** Why the cloud would refuse the name; undefined where nothing speaks against it. */
export function nameProblem(value: string): string | undefined {
  if (value === '') return l10n.t('A name is needed.');
  if (value.length < 2) return l10n.t('A name has at least 2 characters.');
  if (value.length > 128) return l10n.t('A name has at most 128 characters.');
  if (/^https?:\/\//i.test(value)) return l10n.t('It does not begin with http:// or https://.');
  if (!/^\p{L}/u.test(value)) return l10n.t('It begins with a letter or a Chinese character.');
  return pattern.test(value) ? undefined : l10n.t('Only letters, Chinese characters, digits and . _ - : are allowed.');
}
