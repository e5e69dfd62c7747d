import * as l10n from '@vscode/l10n';
import { formatTime } from '../util/format';

/** A time of a cloud as the user reads it, in the language of the sentence it stands in; as it came when it is none. */
export function localTime(raw: string | undefined): string {
  const time = new Date(raw ?? '');
  // The bundle names the language of its sentences: where there is none, they are English.
  return Number.isNaN(time.getTime()) ? (raw ?? '–') : formatTime(time, l10n.t('en'));
}
