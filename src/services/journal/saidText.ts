import * as l10n from '@vscode/l10n';
import type { OutcomeWords } from '../../core/action';
import { outcomeLabel } from './outcome';
import type { RunTarget, RunWord } from './runRecord';

/** "unknown (3:04) → still there (checked, 3:09)"; undefined where nothing was learnt since the run. */
export function saidText(
  { said }: Pick<RunTarget, 'said'>,
  { words, time }: { readonly words: OutcomeWords | undefined; readonly time: (date: Date) => string },
): string | undefined {
  if (said.length < 2) return undefined;
  return said
    .map((word) => {
      const outcome = outcomeLabel(word.outcome, words);
      const from = fromText(word.from);
      return from === undefined
        ? l10n.t('{0} ({1})', outcome, time(word.time))
        : l10n.t('{0} ({1}, {2})', outcome, from, time(word.time));
    })
    .join(' → ');
}

function fromText(from: RunWord['from']): string | undefined {
  switch (from) {
    case 'run':
      return undefined;
    case 'check':
      return l10n.t('checked');
    case 'retry':
      return l10n.t('retried');
    default: {
      const never: never = from;
      return never;
    }
  }
}
