import type { HostState, HostView, Run } from '../commands/runBook';
import { toSeconds } from '../times';
import type { RunDetails } from './commandRecords';

/** `InvocationResultStatus`: there is no word for what was stopped or never got there. */
export const resultStates: Readonly<Record<HostState, string>> = {
  pending: 'Pending',
  scheduled: 'Pending',
  running: 'Running',
  stopping: 'Running',
  success: 'Success',
  failed: 'Failed',
  timeout: 'Timeout',
  undelivered: 'Failed',
  invalid: 'Failed',
  cancelled: 'Failed',
  terminated: 'Failed',
};

const errors: Partial<Readonly<Record<HostState, readonly [code: string, message: string]>>> = {
  failed: ['ExitCodeNonzero', 'The exit code of the command is non-zero.'],
  timeout: ['ExecutionTimeout', 'The execution of the command timed out.'],
  undelivered: ['AgentLost', 'The agent did not answer.'],
  cancelled: ['Stopped', 'The invocation was stopped.'],
  terminated: ['Stopped', 'The invocation was stopped.'],
};

export function resultOf(run: Run<RunDetails>, host: HostView) {
  const refusal = host.refusal === undefined ? ['', ''] : [host.refusal, 'Not valid on this instance.'];
  const [ErrorCode, ErrorMessage] = errors[host.state] ?? refusal;
  return {
    InvocationResultId: `ivr-${run.id.slice(4)}${host.id.slice(-4)}`,
    InvocationId: run.id,
    CommandId: run.details.CommandId,
    InstanceId: host.id,
    InvocationResultStatus: resultStates[host.state],
    Username: run.details.Username === '' ? 'root' : run.details.Username,
    Output: host.output.toString('base64'),
    ErrorCode,
    ErrorMessage,
    ExitCode: host.exitCode ?? 0,
    StartTime: timeOf(host.startedAt),
    EndTime: timeOf(host.finishedAt),
  };
}

function timeOf(ms: number | undefined): string {
  return ms === undefined ? '' : toSeconds(new Date(ms));
}

/** `InvocationStatus` of the whole run. */
export function overallState(hosts: readonly HostView[], run: Run<RunDetails>): string {
  const own = hosts.map(({ state }) => state);
  if (own.includes('running') || own.includes('stopping')) return 'Running';
  if (own.includes('scheduled')) return 'Scheduled';
  if (own.includes('pending')) return 'Pending';
  if (run.stops.length > 0) return 'Stopped';
  if (run.details.RepeatMode === 'Rate') return 'Finished';
  const good = own.filter((state) => state === 'success').length;
  return good === own.length ? 'Success' : good === 0 ? 'Failed' : 'PartialFailed';
}
