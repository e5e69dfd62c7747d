import * as l10n from '@vscode/l10n';
import { formatCount } from '../../util/format';
import { actionWritten } from '../actions/declared';
import type { Outcome } from '../journal/outcome';
import type { RunRecord } from '../journal/runRecord';
import type { OperationContext } from './row';

/** What a run is called: "9 ✓ 5 ? Deregister 14 managed instances", and of a single resource its name. */
export function runLabel(run: RunRecord, context: OperationContext): string {
  const only = onlyTarget(run);
  if (only === undefined) return [...marks(run, context), titleOf(run)].join(' ');
  const action = actionWritten(context.clouds, only);
  return action === undefined ? `${titleOf(run)} · ${only.name}` : `${action.words.button()} ${only.name}`;
}

/** The same to be heard: a mark has no sound. */
export function spokenLabel(run: RunRecord, context: OperationContext): string {
  return onlyTarget(run) === undefined ? titleOf(run) : runLabel(run, context);
}

/** The target of a run of one resource, of which people look for the name. */
export function onlyTarget({
  targets: [first, ...others],
  neverSent,
}: RunRecord): RunRecord['targets'][number] | undefined {
  return others.length + neverSent > 0 ? undefined : first;
}

/** A question when it was asked; by now it is the name of what was done. */
function titleOf({ title, run }: RunRecord): string {
  const name = title
    .split(/[?？]\s*/)
    .filter((part) => part !== '')
    .join(' · ');
  return name === '' ? l10n.t('Run {0}', run) : name;
}

/** As narrow as can be: a view at the side cuts off what is long. */
const marksOf: readonly (readonly [mark: string, outcomes: readonly Outcome[]])[] = [
  ['✓', ['done', 'already']],
  ['✗', ['failed', 'stillThere', 'refused']],
  ['?', ['unknown']],
  ['…', ['accepted']],
  ['–', ['notSent', 'changed']],
];

function marks({ counts, neverSent, targets, state }: RunRecord, { language }: OperationContext): string[] {
  const open =
    state === 'running' || state === 'elsewhere' ? 0 : targets.filter(({ outcome }) => outcome === undefined).length;
  const more: Partial<Record<string, number>> = { '?': open, '–': neverSent };
  return marksOf.flatMap(([mark, outcomes]) => {
    const count = outcomes.reduce((sum, outcome) => sum + (counts.get(outcome) ?? 0), more[mark] ?? 0);
    return count === 0 ? [] : [`${formatCount(count, language)} ${mark}`];
  });
}
