import { groupBy } from '../../util/async';
import { runTargetKey, type RunRecord, type RunTarget } from './runRecord';

/** The runs, each with what later runs that tried it again came to. */
export function withRetries(runs: readonly RunRecord[]): RunRecord[] {
  const retries = groupBy(
    runs.filter(({ retryOf }) => retryOf !== undefined),
    ({ retryOf }) => retryOf ?? '',
  );
  const standing = new Map<string, RunRecord>();
  const stand = (run: RunRecord): RunRecord => {
    const known = standing.get(run.run);
    if (known !== undefined) return known;
    // Also ends the circle that a damaged journal can hold.
    standing.set(run.run, run);
    const again = (retries.get(run.run) ?? []).toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
    const now = again.map(stand).reduce(retried, run);
    standing.set(run.run, now);
    return now;
  };
  return runs.map(stand);
}

/** A run and all that try it again, at whatever remove. */
export function familyOf(runs: Iterable<Pick<RunRecord, 'run' | 'retryOf'>>, run: string): ReadonlySet<string> {
  const all = [...runs];
  const family = new Set([run]);
  // A set takes up what is added to it while it is walked through.
  for (const member of family) for (const { run: id, retryOf } of all) if (retryOf === member) family.add(id);
  return family;
}

function retried(run: RunRecord, retry: RunRecord): RunRecord {
  const news = new Map(retry.targets.filter(isNews).map((target) => [runTargetKey(target), target]));
  const stand = (target: RunTarget): RunTarget => {
    const now = news.get(runTargetKey(target));
    return now === undefined || isChecked(target, now.time) ? target : stands(target, now);
  };
  const left = run.neverSentTargets.filter((target) => !news.has(runTargetKey(target)));
  const begun = run.neverSentTargets.filter((target) => news.has(runTargetKey(target)));
  return {
    ...run,
    targets: [...run.targets, ...begun].map(stand),
    neverSentTargets: left,
    neverSent: run.neverSent - begun.length,
  };
}

/** What a retry did not get as far as sending tells nothing new. */
function isNews({ outcome }: RunTarget): boolean {
  return outcome !== undefined && outcome !== 'notSent' && outcome !== 'changed';
}

/** A retry comes after its run whatever the clock says; a check of the run can come after both. */
function isChecked({ said }: RunTarget, since: Date): boolean {
  return said.some(({ from, time }) => from === 'check' && time > since);
}

function stands(target: RunTarget, now: RunTarget): RunTarget {
  const { outcome, time, code, message, advice, note, requestId, mayRetry } = now;
  const word = outcome === undefined ? [] : [{ time, outcome, code, from: 'retry' } as const];
  const said = [...target.said, ...word];
  return { ...target, outcome, time, code, message, advice, note, requestId, mayRetry, said };
}
