import * as l10n from '@vscode/l10n';
import type { Reason } from '../../core/cloudError';
import type { Repeat } from '../../core/repeat';
import type { Place } from '../../core/target';
import type { Event } from '../../util/lifecycle';
import type { Progress } from './ports';

/** Whose repeats are told, and how their regions are called. */
export interface RepeatsTold {
  readonly repeats: Event<Repeat>;
  readonly isAbout: (accountId: string) => boolean;
  readonly regionName: (place: Place) => string;
  /** How many there are to do, before anything is reported. */
  readonly total?: number | undefined;
}

/** Runs a task whose progress also tells of calls that are made once more: while a cloud is busy nothing else moves. */
export async function tellingRepeats<T>(
  progress: Progress,
  { repeats, isAbout, regionName, total = 0 }: RepeatsTold,
  task: (progress: Progress) => Promise<T>,
): Promise<T> {
  let latest = { done: 0, total };
  const report: Progress['report'] = (step) => {
    latest = step;
    progress.report(step);
  };
  const heard = repeats((repeat) => {
    if (isAbout(repeat.account.id)) progress.report({ ...latest, text: repeatText(repeat, regionName) });
  });
  try {
    return await task({ signal: progress.signal, report });
  } finally {
    heard.dispose();
  }
}

/** "staging, Shanghai: busy, attempt 2 of 3" */
function repeatText({ account, region, error, attempt, of }: Repeat, regionName: RepeatsTold['regionName']): string {
  const place = { provider: account.provider, accountId: account.id, region: region ?? '' };
  const where = region === undefined ? account.name : l10n.t('{0}, {1}', account.name, regionName(place));
  return l10n.t('{0}: {1}, attempt {2} of {3}', where, reasonText(error.reason), attempt, of);
}

/** Only what passes by itself is tried again. */
function reasonText(reason: Reason): string {
  switch (reason) {
    case 'throttled':
      return l10n.t('busy');
    case 'timeout':
      return l10n.t('no answer');
    case 'network':
      return l10n.t('no connection');
    default:
      return l10n.t('error of the cloud');
  }
}
