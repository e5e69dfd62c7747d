import * as l10n from '@vscode/l10n';
import type { CloudError } from '../../core/cloudError';
import { formatTime } from '../../util/format';
import type { Wording } from '../views/fieldText';

/** The moment, not how long ago: VS Code keeps a tooltip once it was shown. */
export function ageWords(readAt: Date, { language, timeZone }: Wording): string {
  return l10n.t('Read at {0}', formatTime(readAt, language, timeZone));
}

export function failureNotes(error: CloudError): string[] {
  const { message, advice, code, requestId, recommend } = error;
  return [
    message,
    ...(advice === undefined ? [] : [advice]),
    ...(code === undefined ? [] : [l10n.t('Code: {0}', code)]),
    ...(requestId === undefined ? [] : [l10n.t('Request ID: {0}', requestId)]),
    ...(recommend === undefined ? [] : [l10n.t('More: {0}', recommend)]),
  ];
}
