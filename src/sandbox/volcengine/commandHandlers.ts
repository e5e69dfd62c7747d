import type * as z from 'zod/mini';
import {
  describeCloudAssistantStatus,
  describeInvocationInstances,
  describeInvocationResults,
  describeInvocations,
  invokeCommand,
  runCommand,
  stopInvocation,
} from '../../providers/volcengine/commands/operations';
import { parseRepeat } from '../../providers/volcengine/commands/schedule';
import { newId } from '../commands/ids';
import { planOf } from '../commands/plans';
import type { Run } from '../commands/runBook';
import { hostOf } from '../commands/runHosts';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { Refusal } from '../refusal';
import { ago, toSeconds } from '../times';
import { encoded, filledIn, scriptOf } from './commandContent';
import { agentVersion, commandHosts, hasAgent, systemOf } from './commandHosts';
import type { RunDetails } from './commandRecords';
import { overallState, resultOf, resultStates } from './commandStates';
import type { VolcengineRegion } from './region';
import { regionOf } from './region';

type Context = CallContext<VolcengineRegion>;
type RunParams = Omit<z.output<typeof invokeCommand.params>, 'CommandId'>;

/** There are no tokens here; none is ever refused. */
const rules = { badToken: 'InvalidArgument', largest: 100 };

export const commandHandlers: readonly Handler<VolcengineRegion>[] = [
  handle(runCommand, (params, context) => {
    const script = scriptOf(params.CommandContent, params.ContentEncoding ?? 'Base64', params.Type);
    const filled = filledIn(script, params.Parameters, params.EnableParameter === true);
    return { InvocationId: start(params, { type: params.Type, script: filled }, context) };
  }),
  handle(invokeCommand, (params, context) => {
    const command = regionOf(context).commands.get(params.CommandId);
    if (command === undefined) throw new Refusal('InvalidCommand.NotFound');
    const script = Buffer.from(command.CommandContent, 'base64').toString();
    const filled = filledIn(script, params.Parameters, command.EnableParameter);
    const id = start(
      { ...params, Timeout: params.Timeout ?? command.Timeout, Username: params.Username ?? command.Username },
      { type: command.Type, script: filled, id: command.CommandId, name: command.Name },
      context,
    );
    command.InvocationTimes++;
    return { InvocationId: id };
  }),
  handle(describeInvocations, (params, context) => {
    const { runs } = regionOf(context);
    const ids = params.InvocationId === undefined ? undefined : [params.InvocationId];
    const found = runs.table
      .select(ids, (run) => isAsked(run, params, overallState(runs.hosts(run), run)))
      .filter(({ value: run }) => runs.hosts(run).length > 0)
      .toReversed();
    const { items, PageNumber, PageSize, TotalCount } = pageOf(found, params, rules);
    const Invocations = items.map((run) => invocation(run, context, params.ContentEncoding));
    return { Invocations: Invocations.length === 0 ? null : Invocations, PageNumber, PageSize, TotalCount };
  }),
  handle(describeInvocationInstances, (params, context) => {
    const entries = hostsOf(params, context).map(({ value: { id } }, index) => ({
      place: index + 1,
      id,
      value: { InvocationId: params.InvocationId, InstanceId: id },
    }));
    const { items, PageNumber, PageSize, TotalCount } = pageOf(entries, params, rules);
    return { InvocationInstances: items, PageNumber, PageSize, TotalCount };
  }),
  handle(describeInvocationResults, (params, context) => {
    const run = regionOf(context).runs.table.get(params.InvocationId);
    const asked = hostsOf(params, context).filter(
      ({ value }) => (params.InvocationResultStatus ?? resultStates[value.state]) === resultStates[value.state],
    );
    const { items, PageNumber, PageSize, TotalCount } = pageOf(asked, params, rules);
    const results = run === undefined ? [] : items.map((host) => resultOf(run, host));
    return { InvocationResults: results.length === 0 ? null : results, PageNumber, PageSize, TotalCount };
  }),
  handle(stopInvocation, ({ InvocationId }, context) => {
    const { runs } = regionOf(context);
    const run = runs.table.get(InvocationId);
    if (run === undefined) throw new Refusal('InvalidInvocation.NotFound', { details: [InvocationId] });
    if (!runs.isGoingOn(run))
      throw new Refusal('InvalidOperation.Forbidden', { details: ['The invocation has ended.'] });
    runs.stop(run, undefined);
    return { InvocationId };
  }),
  handle(describeCloudAssistantStatus, (params, context) => {
    const entries = regionOf(context)
      .tables.instance.select(
        params.InstanceIds,
        (one) => hasAgent(one) && (params.OSType ?? systemOf(one)) === systemOf(one),
      )
      .map((entry) => ({
        ...entry,
        value: {
          InstanceId: entry.id,
          InstanceName: entry.value.InstanceName,
          HostName: String(entry.value['HostName']),
          OSType: systemOf(entry.value),
          OSVersion: String(entry.value['OsName']),
          ClientVersion: agentVersion,
          Status: entry.value.Status === 'RUNNING' ? 'Running' : 'Lost',
          LastHeartbeatTime: toSeconds(ago(context.now, entry.value.Status === 'RUNNING' ? 20_000 : 7_200_000)),
        },
      }))
      .filter(({ value }) => (params.Status ?? value.Status) === value.Status);
    const { items, PageNumber, PageSize, TotalCount } = pageOf(entries, params, rules);
    return { Instances: items, PageNumber, PageSize, TotalCount };
  }),
];

interface Order {
  readonly type: string;
  /** With the values of its parameters. */
  readonly script: string;
  readonly id?: string;
  readonly name?: string;
}

function start(params: RunParams, { type, script, id, name }: Order, context: Context): string {
  const region = regionOf(context);
  const createdAt = context.now.getTime();
  const schedule = parseRepeat(params);
  if (schedule === 'wrong')
    throw new Refusal('InvalidArgument', { message: 'The specified argument is invalid: Frequency.' });
  const InvocationId = newId('ivk-', region.id, region.runs.table.size);
  region.runs.add({
    id: InvocationId,
    createdAt,
    timeoutMs: (params.Timeout ?? 60) * 1_000,
    stepMs: context.transitionMs,
    outputLimit: 24 * 1_024,
    script,
    plan: planOf(schedule, createdAt),
    stops: [],
    hosts: commandHosts(params.InstanceIds, type, context).map(({ facts, behaviour }) =>
      hostOf(facts, behaviour, {
        script: { language: languages[type] ?? 'shell', content: script, now: context.now },
        user: params.Username,
        folder: params.WorkingDir ?? '/home',
        codes: { user: 'UserNotExists', folder: 'WorkingDirNotExists' },
      }),
    ),
    details: detailsOf(params, {
      type,
      script,
      id: id ?? newId('cmd-', region.id, region.runs.table.size),
      name: name ?? params.InvocationName,
    }),
  });
  return InvocationId;
}

const languages: Readonly<Record<string, 'shell' | 'python' | 'powershell' | 'batch'>> = {
  Shell: 'shell',
  Python: 'python',
  Bat: 'batch',
  PowerShell: 'powershell',
};

function detailsOf(params: RunParams, { type, id, name }: Required<Order>): RunDetails {
  return {
    InvocationName: params.InvocationName,
    InvocationDescription: params.InvocationDescription ?? '',
    CommandId: id,
    CommandName: name,
    CommandType: type,
    CommandDescription: '',
    CommandProvider: '',
    RepeatMode: params.RepeatMode ?? 'Once',
    Frequency: params.Frequency ?? '',
    LaunchTime: params.LaunchTime ?? '',
    RecurrenceEndTime: params.RecurrenceEndTime ?? '',
    Parameters: params.Parameters ?? '{}',
    Username: params.Username ?? '',
    WorkingDir: params.WorkingDir ?? '/home',
    ProjectName: params.ProjectName ?? 'default',
    Timeout: params.Timeout ?? 60,
    EnableParameter: false,
  };
}

function isAsked(
  { details }: Run<RunDetails>,
  filters: z.output<typeof describeInvocations.params>,
  state: string,
): boolean {
  return (
    details.InvocationName.includes(filters.InvocationName ?? '') &&
    details.CommandName.includes(filters.CommandName ?? '') &&
    (filters.CommandId ?? details.CommandId) === details.CommandId &&
    (filters.CommandType ?? details.CommandType) === details.CommandType &&
    (filters.RepeatMode ?? details.RepeatMode) === details.RepeatMode &&
    (filters.InvocationStatus?.split(',').includes(state) ?? true)
  );
}

interface HostFilter {
  readonly InvocationId: string;
  readonly InstanceId?: string | undefined;
}

function hostsOf({ InvocationId, InstanceId }: HostFilter, context: Context) {
  const { runs } = regionOf(context);
  const run = runs.table.get(InvocationId);
  const hosts = run === undefined ? [] : runs.hosts(run);
  return hosts
    .filter(({ id }) => (InstanceId ?? id) === id)
    .map((value, index) => ({ place: index + 1, id: value.id, value }));
}

function invocation(run: Run<RunDetails>, context: Context, encoding: string | undefined) {
  const hosts = regionOf(context).runs.hosts(run);
  const ends = hosts.flatMap(({ finishedAt }) => finishedAt ?? []);
  return {
    InvocationId: run.id,
    ...run.details,
    CommandContent: encoded(run.script, encoding),
    InvocationStatus: overallState(hosts, run),
    InstanceNumber: run.hosts.length,
    StartTime: toSeconds(new Date(run.createdAt)),
    EndTime: ends.length < hosts.length ? '' : toSeconds(new Date(Math.max(run.createdAt, ...ends))),
    ParameterDefinitions: null,
    Tags: null,
  };
}
