import type {
  AgentState,
  CloudRun,
  CommandSupport,
  HostResult,
  RunRequest,
  ScriptLanguage,
} from '../../../core/commands';
import type { RunState } from '../../../core/followed';
import { tokenPager } from '../../../core/pager';
import { viewOf } from '../../../core/tolerant';
import { mapReadable } from '../../../core/unreadable';
import { explain } from './hostErrors';
import {
  describeCloudAssistantStatus,
  describeInvocationResults,
  describeInvocations,
  hostsPerRun,
  hostsPerStop,
  listedInvocation,
  runCommand,
  stopInvocation,
} from './operations';
import { parseFrequency, schedules } from './schedule';

const types: Readonly<Record<ScriptLanguage, string>> = {
  shell: 'RunShellScript',
  powershell: 'RunPowerShellScript',
  batch: 'RunBatScript',
  // The agent honours the first line of a shell script.
  python: 'RunShellScript',
};

const pageSize = 50;
const runView = viewOf(runCommand.response);
const runsView = viewOf(describeInvocations.response);
const resultsView = viewOf(describeInvocationResults.response);
const agentsView = viewOf(describeCloudAssistantStatus.response);

/** Cloud Assistant of Alibaba Cloud, for managed and ECS instances. */
export const commandSupport: CommandSupport = {
  limits: {
    content: 24 * 1_024,
    savedContent: 18 * 1_024,
    leastTimeout: 10,
    mostTimeout: 86_400,
    defaultTimeout: 60,
    name: 128,
    runName: /^.{1,128}$/su,
  },
  languages: (system) => (system === 'linux' ? ['shell', 'python'] : ['powershell', 'batch']),
  interpreterLine: (language) => (language === 'python' ? '#!/usr/bin/env python3' : undefined),
  defaultUser: (system) => (system === 'linux' ? 'root' : 'System'),
  defaultFolder: (system) => (system === 'linux' ? '/root' : 'C:\\Windows\\System32'),
  // Parameter Store, read by the agent with the role of its host, and what the service knows of the run.
  cloudValue: (name) =>
    /^oos(?:-secret)?:[\w./-]{1,200}$/.test(name) ||
    /^acs::(?:RegionId|AccountId|InstanceId|InvokeId|CommandId|InstanceName)$/i.test(name),
  actingExits: (system) => (system === 'linux' ? [193, 194] : [3_009, 3_010]),
  once: 'clientToken',
  hasCheck: true,
  run: {
    id: 'runCommand',
    operation: runCommand,
    ids: { param: 'InstanceId', perCall: hostsPerRun, allOrNothing: true },
    params: (ids, request) => ({ InstanceId: ids, ...paramsOf(request) }),
    goal: { type: 'followed', runId: (value) => runView(value).InvokeId },
  },
  results: {
    operation: describeInvocationResults,
    params: (InvokeId) => ({ InvokeId, ContentEncoding: 'Base64' }),
    pager: tokenPager(pageSize, (value) => resultsView(value).Invocation?.NextToken, ['Invocation', 'NextToken']),
    read: (value) => mapReadable(resultsView(value).Invocation?.InvocationResults ?? [], resultOf),
  },
  runs: {
    operation: describeInvocations,
    params: ({ id, name }) => ({
      ...(id && { InvokeId: id }),
      ...(name && { CommandName: name }),
      ContentEncoding: 'Base64',
    }),
    pager: tokenPager(pageSize, (value) => runsView(value).NextToken),
    read: (value) => mapReadable(runsView(value).Invocations, cloudRun),
  },
  stop: {
    operation: stopInvocation,
    hostsPerCall: hostsPerStop,
    isToldAsFailure: false,
    params: (InvokeId, ids) => ({ InvokeId, ...(ids && { InstanceId: ids }) }),
  },
  agents: {
    operation: describeCloudAssistantStatus,
    idsPerCall: 100,
    params: (InstanceId) => ({ InstanceId }),
    // All that are named come at once.
    pager: { ...tokenPager(pageSize, (value) => agentsView(value).NextToken), first: {} },
    read: (value) => mapReadable(agentsView(value).InstanceCloudAssistantStatusSet, agentOf),
  },
  stateOf,
  explain,
  schedules,
  scheduleOf: ({ Frequency }, createdAt) =>
    typeof Frequency === 'string' ? parseFrequency(Frequency, createdAt) : undefined,
};

function paramsOf(request: RunRequest): Record<string, unknown> {
  const { language, content, name, description, user, passwordName, folder, timeout, repeat, checkOnly, cloudValues } =
    request;
  return {
    Type: types[language],
    CommandContent: Buffer.from(content).toString('base64'),
    ContentEncoding: 'Base64',
    Name: name,
    EnableParameter: cloudValues === true,
    // Without it a timeout or a stop leaves the children of the script behind.
    TerminationMode: 'ProcessTree',
    ...(description !== undefined && { Description: description }),
    ...(user !== undefined && { Username: user }),
    ...(passwordName !== undefined && { WindowsPasswordName: passwordName }),
    ...(folder !== undefined && { WorkingDir: folder }),
    ...(timeout !== undefined && { Timeout: timeout }),
    ...repeat,
    ...(checkOnly === true && { RepeatMode: 'DryRun' }),
  };
}

const states: Readonly<Record<string, RunState>> = {
  Pending: 'waiting',
  Scheduled: 'waiting',
  Running: 'running',
  Stopping: 'stopping',
  Success: 'succeeded',
  Failed: 'failed',
  Error: 'failed',
  Timeout: 'timedOut',
  Aborted: 'notDelivered',
  Invalid: 'refused',
  Cancelled: 'stoppedBefore',
  Terminated: 'stopped',
};

function stateOf(word: string): RunState {
  return Object.hasOwn(states, word) ? (states[word] ?? 'other') : 'other';
}

/** The record of a run as the list has it. */
export const invocationOf = viewOf(listedInvocation);

type Listed = ReturnType<typeof invocationOf>;
type ListedResult = NonNullable<ReturnType<typeof resultsView>['Invocation']>['InvocationResults'][number];

function resultOf(result: ListedResult): HostResult {
  const word = result.InvocationStatus ?? '';
  const state = stateOf(word);
  return {
    id: result.InstanceId,
    state,
    word,
    exitCode: state === 'succeeded' || state === 'failed' ? result.ExitCode : undefined,
    output: result.Output ?? '',
    dropped: result.Dropped,
    errorCode: result.ErrorCode ?? '',
    errorText: result.ErrorInfo ?? '',
    startTime: result.StartTime ?? '',
    endTime: result.FinishedTime ?? '',
    user: result.Username ?? '',
    rounds: result.Repeats,
  };
}

const overallEnds = new Set(['Success', 'Failed', 'Stopped', 'PartialFailed']);
const languages: Readonly<Record<string, ScriptLanguage>> = {
  RunShellScript: 'shell',
  RunPowerShellScript: 'powershell',
  RunBatScript: 'batch',
};

const repeats = new Set(['Period', 'NextRebootOnly', 'EveryReboot']);

export function cloudRun(run: Listed): CloudRun {
  const state = run.InvocationStatus ?? '';
  return {
    id: run.InvokeId,
    name: run.CommandName ?? '',
    description: run.CommandDescription ?? '',
    state,
    isRepeated: run.Frequency ? true : repeats.has(run.RepeatMode ?? ''),
    isGoingOn: !overallEnds.has(state),
    commandId: run.CommandId ?? '',
    language: languages[run.CommandType ?? ''],
    content: run.CommandContent ?? '',
    createdAt: run.CreationTime ?? '',
    schedule: run.Frequency ?? '',
    user: run.Username ?? '',
    folder: run.WorkingDir ?? '',
    timeout: run.Timeout,
    hostIds: run.InvokeInstances.map(({ InstanceId }) => InstanceId),
    hostCount: run.InvokeInstances.length,
    hostStates: run.InvokeInstances.map(({ InvocationStatus = '' }) => stateOf(InvocationStatus)),
  };
}

function agentOf(agent: ReturnType<typeof agentsView>['InstanceCloudAssistantStatusSet'][number]): AgentState {
  const system = agent.OSType?.toLowerCase();
  return {
    id: agent.InstanceId,
    isOnline: agent.CloudAssistantStatus,
    state: String(agent.CloudAssistantStatus ?? ''),
    version: agent.CloudAssistantVersion ?? '',
    // FreeBSD runs shell scripts too.
    system: system === 'windows' ? 'windows' : system === undefined || system === '' ? undefined : 'linux',
    lastHeard: agent.LastHeartbeatTime ?? '',
  };
}
