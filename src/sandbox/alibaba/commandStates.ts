import type { HostState, HostView } from '../commands/runBook';
import { toSeconds } from '../times';

/** `InvocationStatus` of a host. */
export const states: Readonly<Record<HostState, string>> = {
  pending: 'Pending',
  scheduled: 'Scheduled',
  running: 'Running',
  stopping: 'Stopping',
  success: 'Success',
  failed: 'Failed',
  timeout: 'Timeout',
  undelivered: 'Aborted',
  invalid: 'Invalid',
  cancelled: 'Cancelled',
  terminated: 'Terminated',
};

/** The older words, in which "finished" is no success. */
export const recordStates: Readonly<Record<HostState, string>> = {
  pending: 'Running',
  scheduled: 'Running',
  running: 'Running',
  stopping: 'Stopping',
  success: 'Finished',
  failed: 'Finished',
  timeout: 'Failed',
  undelivered: 'Failed',
  invalid: 'Failed',
  cancelled: 'Stopped',
  terminated: 'Stopped',
};

const errors: Partial<Readonly<Record<HostState, readonly [code: string, info: string]>>> = {
  failed: ['ExitCodeNonzero', 'the exit code of the command is non-zero'],
  timeout: ['ExecutionTimeout', 'the execution of the command timed out'],
  undelivered: ['ClientNotResponse', 'the cloud assistant client did not respond'],
  terminated: ['ExecutionInterrupted', 'the execution of the command was interrupted'],
};

/** What a host says in both lists. An exit code stands there from the beginning, and means nothing before the end. */
export function hostRecord(host: HostView) {
  const [ErrorCode, ErrorInfo] = errors[host.state] ?? [
    host.refusal ?? '',
    host.refusal === undefined ? '' : 'not valid on this host',
  ];
  return {
    InvocationStatus: states[host.state],
    StartTime: timeOf(host.startedAt),
    StopTime: timeOf(host.stoppedAt),
    ErrorCode,
    ErrorInfo,
    ExitCode: host.exitCode ?? 0,
    Dropped: host.dropped,
    Repeats: host.rounds,
  };
}

function timeOf(ms: number | undefined): string {
  return ms === undefined ? '' : toSeconds(new Date(ms));
}

/** `InvocationStatus` of the whole run. Success means that nothing failed: some may have been stopped. */
export function overallState(hosts: readonly HostView[]): string {
  const own = hosts.map(({ state }) => state);
  for (const state of ['pending', 'stopping', 'running', 'scheduled'] as const)
    if (own.includes(state)) return states[state];
  const stopped = own.filter((state) => state === 'cancelled' || state === 'terminated').length;
  const good = own.filter((state) => state === 'success').length;
  if (stopped === own.length) return 'Stopped';
  if (good + stopped === own.length) return 'Success';
  return good === 0 ? 'Failed' : 'PartialFailed';
}
