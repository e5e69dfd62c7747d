import {
  numberedPager,
  type AgentState,
  type CloudRun,
  type CommandSupport,
  type HostResult,
  type RunRequest,
  type ScriptLanguage,
} from '../../../core/commands';
import type { RunState } from '../../../core/followed';
import { viewOf } from '../../../core/tolerant';
import { mapReadable } from '../../../core/unreadable';
import {
  describeCloudAssistantStatus,
  describeInvocationResults,
  describeInvocations,
  hostsPerRun,
  invocationName,
  listedInvocation,
  runCommand,
  stopInvocation,
} from './operations';
import { parseRepeat, schedules } from './schedule';

const types: Readonly<Record<ScriptLanguage, string>> = {
  shell: 'Shell',
  python: 'Python',
  batch: 'Bat',
  powershell: 'PowerShell',
};
const languages = new Map(Object.entries(types).map(([language, type]) => [type, language as ScriptLanguage]));

const pageSize = 100;
const runView = viewOf(runCommand.response);
const runsView = viewOf(describeInvocations.response);
const resultsView = viewOf(describeInvocationResults.response);
const agentsView = viewOf(describeCloudAssistantStatus.response);

/** Cloud Assistant of Volcengine, for ECS instances. It has no client tokens, no rehearsal and no word for what was stopped. */
export const commandSupport: CommandSupport = {
  limits: {
    content: 16 * 1_024,
    savedContent: 16 * 1_024,
    leastTimeout: 30,
    mostTimeout: 86_400,
    defaultTimeout: 60,
    name: 64,
    runName: invocationName,
  },
  languages: (system) => (system === 'linux' ? ['shell', 'python'] : ['powershell', 'batch']),
  interpreterLine: (language) =>
    language === 'shell' ? '#!/bin/bash' : language === 'python' ? '#!/usr/bin/python' : undefined,
  defaultUser: (system) => (system === 'linux' ? 'root' : 'System'),
  defaultFolder: (system) => (system === 'linux' ? '/home' : ''),
  cloudValue: () => false,
  actingExits: () => [],
  once: 'name',
  hasCheck: false,
  run: {
    id: 'runCommand',
    operation: runCommand,
    ids: { param: 'InstanceIds', perCall: hostsPerRun, allOrNothing: true },
    params: (ids, request) => ({ InstanceIds: ids, ...paramsOf(request) }),
    goal: { type: 'followed', runId: (value) => runView(value).InvocationId },
  },
  results: {
    operation: describeInvocationResults,
    params: (InvocationId) => ({ InvocationId }),
    pager: numberedPager(pageSize, (value) => resultsView(value).TotalCount),
    read: (value) => mapReadable(resultsView(value).InvocationResults, resultOf),
  },
  runs: {
    operation: describeInvocations,
    params: ({ id, name }) => ({
      ...(id && { InvocationId: id }),
      ...(name && { InvocationName: name }),
      ContentEncoding: 'Base64',
    }),
    pager: numberedPager(pageSize, (value) => runsView(value).TotalCount),
    read: (value) => mapReadable(runsView(value).Invocations, cloudRun),
  },
  stop: {
    operation: stopInvocation,
    hostsPerCall: undefined,
    isToldAsFailure: true,
    params: (InvocationId) => ({ InvocationId }),
  },
  agents: {
    operation: describeCloudAssistantStatus,
    idsPerCall: 100,
    params: (InstanceIds) => ({ InstanceIds }),
    pager: numberedPager(pageSize, (value) => agentsView(value).TotalCount),
    read: (value) => mapReadable(agentsView(value).Instances, agentOf),
  },
  stateOf,
  // No page lists the codes of results; they are shown as they are.
  explain: () => undefined,
  schedules,
  scheduleOf: (repeat) => {
    const schedule = parseRepeat(repeat);
    return schedule === 'wrong' ? undefined : schedule;
  },
};

function paramsOf(request: RunRequest): Record<string, unknown> {
  const { language, content, name, description, user, folder, timeout, repeat, cloudValues } = request;
  return {
    Type: types[language],
    CommandContent: Buffer.from(content).toString('base64'),
    ContentEncoding: 'Base64',
    InvocationName: name,
    EnableParameter: cloudValues === true,
    ...(description !== undefined && { InvocationDescription: description }),
    ...(user !== undefined && { Username: user }),
    ...(folder !== undefined && { WorkingDir: folder }),
    ...(timeout !== undefined && { Timeout: timeout }),
    ...repeat,
  };
}

const states: Readonly<Record<string, RunState>> = {
  Pending: 'waiting',
  Running: 'running',
  Success: 'succeeded',
  Failed: 'failed',
  Timeout: 'timedOut',
};

function stateOf(word: string): RunState {
  return Object.hasOwn(states, word) ? (states[word] ?? 'other') : 'other';
}

function resultOf(result: ReturnType<typeof resultsView>['InvocationResults'][number]): HostResult {
  const word = result.InvocationResultStatus ?? '';
  const state = stateOf(word);
  return {
    id: result.InstanceId,
    state,
    word,
    exitCode: state === 'succeeded' || state === 'failed' ? result.ExitCode : undefined,
    output: result.Output ?? '',
    dropped: undefined,
    errorCode: result.ErrorCode ?? '',
    errorText: result.ErrorMessage ?? '',
    startTime: result.StartTime ?? '',
    endTime: result.EndTime ?? '',
    user: result.Username ?? '',
    rounds: undefined,
  };
}

const overallEnds = new Set(['Success', 'Failed', 'Stopped', 'PartialFailed', 'Finished']);

/** The record of a run as the list has it. */
export const invocationOf = viewOf(listedInvocation);

export function cloudRun(run: ReturnType<typeof invocationOf>): CloudRun {
  const state = run.InvocationStatus ?? '';
  return {
    id: run.InvocationId,
    name: run.InvocationName ?? '',
    description: run.InvocationDescription ?? '',
    state,
    isRepeated: run.RepeatMode === 'Rate' || run.RepeatMode === 'Fixed',
    isGoingOn: !overallEnds.has(state),
    commandId: run.CommandId ?? '',
    language: languages.get(run.CommandType ?? ''),
    content: run.CommandContent ?? '',
    createdAt: run.StartTime || run.LaunchTime || '',
    schedule: run.Frequency ?? '',
    user: run.Username ?? '',
    folder: run.WorkingDir ?? '',
    timeout: run.Timeout,
    hostIds: undefined,
    hostCount: run.InstanceNumber,
    hostStates: undefined,
  };
}

function agentOf(agent: ReturnType<typeof agentsView>['Instances'][number]): AgentState {
  const system = agent.OSType?.toLowerCase();
  return {
    id: agent.InstanceId,
    isOnline: agent.Status === undefined || agent.Status === '' ? undefined : agent.Status === 'Running',
    state: agent.Status ?? '',
    version: agent.ClientVersion ?? '',
    system: system === 'linux' || system === 'windows' ? system : undefined,
    lastHeard: agent.LastHeartbeatTime ?? '',
  };
}
