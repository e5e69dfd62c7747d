import type { CommandSupport, HostResult } from '../core/commands';
import type { FollowedGoal, HostRecords, RunRecord } from '../core/followed';
import type { Answers } from '../core/input';
import { wantsCloudValues } from './cloudValues';
import { finished, recordedRunAnswers, runAnswersOf } from './runAnswers';

/** How long a command may take to reach a host before the cloud gives up, and how late a record may come, in seconds. */
const deliveryS = 60;
const graceS = 60;

/** The parameters of running what was answered, under a name that holds the mark of the call. */
export function runParams(
  support: CommandSupport,
  ids: readonly string[],
  { answers, mark }: { readonly answers: Answers; readonly mark: string },
): Record<string, unknown> {
  const { run, limits } = support;
  const { script, user, folder, timeout = limits.defaultTimeout } = runAnswersOf(answers);
  return run.params(ids, {
    language: script?.language ?? 'shell',
    content: script === undefined ? '' : finished(support, script).content,
    name: runName(mark),
    ...(script !== undefined && { description: plainName(script.name) }),
    timeout,
    cloudValues: wantsCloudValues(support, script),
    ...(user !== undefined && { user }),
    ...(folder !== undefined && { folder }),
  });
}

/** What the script is called, for people who look at the cloud's own list: in characters that every cloud takes. */
function plainName(name: string): string {
  return name.replace(/[^\p{Script=Han}\w .()-]/gu, '_').slice(0, 100);
}

const prefix = 'cae-';

/** A name both clouds take: it begins with a letter. */
function runName(mark: string): string {
  return `${prefix}${mark}`;
}

/** Whether a run has a name that this extension gave it. */
export function isOurName(name: string): boolean {
  return name.startsWith(prefix);
}

/** The goal of running a script, for any cloud that says how runs are read and stopped. */
export function followedRun(support: CommandSupport): FollowedGoal {
  const { run, runs, stop, limits } = support;
  return {
    type: 'followed',
    codes: [],
    settlesLater: true,
    marked: (ids, answers, mark) => runParams(support, ids, { answers, mark }),
    recorded: ({ CommandContent: _, ...params }) => params,
    recordedAnswers: (answers) => recordedRunAnswers(support, answers),
    handleOf: (value) => run.goal.runId(value) || undefined,
    records: hostRecords(support),
    listed: {
      operation: runs.operation,
      pager: runs.pager,
      params: (by) => runs.params('mark' in by ? { name: runName(by.mark) } : { id: by.handle }),
      read: (value) =>
        runs.read(value).map(({ id, name, content }) => ({
          handle: id,
          isMarked: (mark) => name === runName(mark),
          content: content === '' ? undefined : Buffer.from(content, 'base64'),
        })),
      idOf: ({ handle }) => handle,
    },
    content: (answers) => {
      const { script } = runAnswersOf(answers);
      return Buffer.from(script === undefined ? '' : finished(support, script).content, 'utf8');
    },
    stop: {
      operation: stop.operation,
      idsPerCall: stop.hostsPerCall ?? Infinity,
      isToldAsFailure: stop.isToldAsFailure,
      params: (handle, ids) => stop.params(handle, stop.hostsPerCall === undefined ? undefined : ids),
    },
    deadlineMs: (answers) => ((runAnswersOf(answers).timeout ?? limits.defaultTimeout) + deliveryS + graceS) * 1_000,
  };
}

/** What the hosts of a run answered, for any cloud that says how that is read. */
export function hostRecords({ results, explain }: CommandSupport): HostRecords {
  return {
    operation: results.operation,
    pager: results.pager,
    params: (handle) => results.params(handle),
    read: (value) => results.read(value).map((result) => recordOf(result, explain)),
    idOf: ({ id }) => id,
  };
}

/** What a host answered, in the words of a run. */
function recordOf(result: HostResult, explain: CommandSupport['explain']): RunRecord {
  const { id, state, word, exitCode, output, dropped, errorCode, errorText, startTime, endTime } = result;
  return {
    id,
    state,
    word,
    exitCode,
    code: errorCode || undefined,
    message: errorText || undefined,
    meaning: errorCode === '' ? undefined : explain(errorCode),
    startedAt: startTime || undefined,
    finishedAt: endTime || undefined,
    output: { bytes: Buffer.from(output, 'base64'), missing: dropped },
  };
}
