import * as l10n from '@vscode/l10n';
import { areKeysRefused, type CloudError } from '../../core/cloudError';

/** What is wrong, in as few words as tell it: rows and lists cut off what is long. */
export function causeOf(error: CloudError): string {
  const { permission, reason, code, message } = error;
  if (permission !== undefined) return l10n.t('No permission: {0}', permission);
  if (areKeysRefused(error)) return l10n.t('Keys not accepted: {0}', code ?? message);
  if (reason === 'throttled') return l10n.t('Too many calls: {0}', code ?? message);
  return message;
}
