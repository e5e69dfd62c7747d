import * as l10n from '@vscode/l10n';
import type { AccountInfo, Credentials } from './account';
import { CloudError } from './cloudError';

/** What stands in a header as it is: ASCII that can be seen. */
const sendable = /^[\x21-\x7e]*$/;

/**
 * Throws (`auth`, `notSent`) when a part of the keys cannot be sent in a header, naming whose it is and the character.
 * Nothing would arrive, however often it were tried, and the network would be blamed.
 */
export function checkKeys(
  { accessKeyId, accessKeySecret, securityToken = '' }: Credentials,
  account: Pick<AccountInfo, 'name' | 'source'>,
): void {
  // Nearly all are fine: one look for all three.
  if (sendable.test(accessKeyId + accessKeySecret + securityToken)) return;
  const parts: [string, () => string][] = [
    [accessKeyId, () => l10n.t('access key ID')],
    [accessKeySecret, () => l10n.t('access key secret')],
    [securityToken, () => l10n.t('security token')],
  ];
  for (const [text, part] of parts) checkPart(text, part, account);
}

/** Keys trimmed, for they are pasted; throws as `checkKeys` does when they cannot be sent even so. */
export function usable<T extends Credentials>(keys: T, account: Pick<AccountInfo, 'name' | 'source'>): T {
  const { securityToken } = keys;
  const trimmed: T = {
    ...keys,
    accessKeyId: keys.accessKeyId.trim(),
    accessKeySecret: keys.accessKeySecret.trim(),
    ...(securityToken === undefined ? {} : { securityToken: securityToken.trim() }),
  };
  checkKeys(trimmed, account);
  return trimmed;
}

/** The same for any other secret that is sent in a header. */
export function checkPart(
  text: string,
  part: () => string,
  { name, source }: Pick<AccountInfo, 'name' | 'source'>,
): void {
  const found = unsendableIn(text);
  if (found === undefined) return;
  const message = l10n.t('The {0} of "{1}" ({2}) holds a character that no key has: {3}.', part(), name, source, found);
  throw new CloudError(message, {
    reason: 'auth',
    delivery: 'notSent',
    advice: l10n.t('Copy it again from where it comes, without line breaks and blanks.'),
  });
}

/** The first character that cannot be sent, in words and as its code; undefined where all can. Nothing else is told. */
export function unsendableIn(text: string): string | undefined {
  const found = [...text].find((character) => !sendable.test(character));
  if (found === undefined) return undefined;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return l10n.t('{0} ({1})', kindOf(found), code);
}

function kindOf(character: string): string {
  if (/[\n\r\u0085\u2028\u2029]/.test(character)) return l10n.t('a line break');
  if (/[\s\u2800]/u.test(character)) return l10n.t('a blank');
  if (character === '\u200b') return l10n.t('a zero-width space');
  if (/[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(character)) return l10n.t('an invisible character');
  return l10n.t('a character beyond ASCII');
}
