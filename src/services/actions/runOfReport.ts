import { countOutcomes, isOpen } from '../journal/outcome';
import type { RunRecord, RunTarget } from '../journal/runRecord';
import type { RunReport, TargetResult } from './report';

/** A run as it ended in this window: for those of which the journal could not take everything down. */
export function runOfReport(report: RunReport): RunRecord {
  const { run, planHash, startedAt, endedAt, cancelled, stopped, results } = report;
  const targets = results.map((result) => targetOf(result, endedAt));
  return {
    run,
    title: '',
    plan: planHash,
    startedAt,
    endedAt,
    state: cancelled ? 'cancelled' : 'ended',
    targets,
    counts: countOutcomes(results),
    unresolved: targets.filter(({ outcome }) => isOpen(outcome)),
    neverSent: 0,
    neverSentTargets: [],
    cloudRuns: [],
    stopped,
  };
}

function targetOf({ group, planned, ...said }: TargetResult, time: Date): RunTarget {
  const { account, identity, action, answers, place } = group;
  const { outcome, code, message, advice, note, requestId, mayRetry } = said;
  return {
    kind: group.kind.id,
    id: planned.target.id,
    name: planned.name,
    accountId: account.id,
    accountName: account.name,
    account: { id: account.id, name: account.name, identity: identity?.accountId, caller: identity?.caller },
    provider: place.provider,
    region: place.region,
    action: action.operation.action,
    does: action.id,
    answers,
    outcome,
    time,
    code,
    message,
    advice,
    note,
    requestId,
    mayRetry,
    resource: planned.item,
    said: [],
  };
}
