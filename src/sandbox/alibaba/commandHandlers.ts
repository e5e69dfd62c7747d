import type * as z from 'zod/mini';
import {
  describeCloudAssistantStatus,
  describeInvocationResults,
  describeInvocations,
  invokeCommand,
  runCommand,
  stopInvocation,
} from '../../providers/alibaba/commands/operations';
import { parseFrequency } from '../../providers/alibaba/commands/schedule';
import { newId } from '../commands/ids';
import { planOf } from '../commands/plans';
import { finalStates, type HostView, type Run } from '../commands/runBook';
import { hostOf } from '../commands/runHosts';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { Refusal } from '../refusal';
import { ago, minute, toSeconds } from '../times';
import { encoded, filledIn, scriptOf } from './commandContent';
import { agentVersion, commandHosts } from './commandHosts';
import type { RunDetails, SavedCommand } from './commandRecords';
import { hostRecord, overallState, recordStates } from './commandStates';
import { fits, regionOf, type AlibabaRegion } from './region';

type Context = CallContext<AlibabaRegion>;
type RunParams = Omit<z.output<typeof invokeCommand.params>, 'CommandId'>;

const badToken = 'InvalidParameter.NextToken';
const outputLimit = 24 * 1_024;

export const commandHandlers: readonly Handler<AlibabaRegion>[] = [
  handle(runCommand, (params, context) => {
    const { Type, ContentEncoding = 'PlainText', EnableParameter = false, KeepCommand = false } = params;
    const region = regionOf(context);
    const script = scriptOf(params.CommandContent, ContentEncoding, KeepCommand);
    const filled = filledIn(script, params.Parameters, EnableParameter);
    const CommandId = newId('c-', region.id, region.runs.table.size);
    const InvokeId = start(
      params,
      { Type, Name: params.Name ?? '', Description: params.Description ?? '', CommandId, script: filled },
      context,
    );
    if (KeepCommand) keep(params, { CommandId, script }, context);
    return { InvokeId, CommandId };
  }),
  handle(invokeCommand, (params, context) => {
    const { commands } = regionOf(context);
    const command = commands.get(params.CommandId) ?? commands.values().find(({ Name }) => Name === params.CommandId);
    if (command === undefined) throw new Refusal('InvalidCmdId.NotFound');
    const script = Buffer.from(command.CommandContent, 'base64').toString();
    const filled = filledIn(script, params.Parameters, command.EnableParameter);
    const withDefaults = { ...params, Timeout: params.Timeout ?? command.Timeout };
    const InvokeId = start(withDefaults, { ...command, script: filled }, context);
    command.InvokeTimes++;
    return { InvokeId };
  }),
  handle(describeInvocations, (params, context) => {
    const { runs } = regionOf(context);
    const { items, ...paging } = pageOf(
      newestFirst(runs.table.select(wanted(params.InvokeId), (run) => isAsked(run, params))),
      params,
      { badToken, largest: 50 },
    );
    const shown = items.filter((run) => runs.hosts(run).length > 0);
    return { Invocations: { Invocation: shown.map((run) => invocation(run, runs.hosts(run), params)) }, ...paging };
  }),
  handle(describeInvocationResults, (params, context) => {
    const { runs } = regionOf(context);
    const found = runs.table.select(wanted(params.InvokeId), (run) => fits(params.CommandId, run.details.CommandId));
    const all = newestFirst(found).flatMap(({ value: run }) => runs.hosts(run).map((host) => ({ run, host })));
    const asked = all.filter(
      ({ host }) => fits(params.InstanceId, host.id) && fits(params.InvokeRecordStatus, recordStates[host.state]),
    );
    const entries = asked.map((value, index) => ({ place: index + 1, id: value.host.id, value }));
    const { items, ...paging } = pageOf(entries, params, { badToken, largest: 50 });
    const InvocationResult = items.map(({ run, host }) => result(run, host, params.ContentEncoding));
    return { Invocation: { InvocationResults: { InvocationResult }, ...paging } };
  }),
  handle(stopInvocation, ({ InvokeId, InstanceId }, context) => {
    const { runs } = regionOf(context);
    const run = runs.table.get(InvokeId);
    if (run === undefined) throw new Refusal('InvalidInvokeId.NotFound');
    if (InstanceId?.some((id) => !run.hosts.some((host) => host.id === id)) === true)
      throw new Refusal('InvalidInstanceId.NotFound');
    runs.stop(run, InstanceId);
    return {};
  }),
  handle(describeCloudAssistantStatus, (params, context) => {
    const region = regionOf(context);
    const { instance, managedInstance } = region.tables;
    const agents = [
      ...managedInstance.values().map((one) => managedAgent(one, context.now)),
      ...instance.values().map((one) => instanceAgent(one, context.now)),
    ];
    const asked = agents.filter(({ InstanceId }) => params.InstanceId?.includes(InstanceId) ?? true);
    if (params.InstanceId !== undefined && asked.length < new Set(params.InstanceId).size)
      throw new Refusal('InvalidInstance.NotFound');
    const entries = asked
      .filter(({ OSType }) => fits(params.OSType?.toLowerCase(), OSType.toLowerCase()))
      .map((value, index) => ({ place: index + 1, id: value.InstanceId, value }));
    // All that are named come at once, whatever size is asked for.
    const request = params.InstanceId === undefined ? params : { PageSize: 100 };
    const { items, ...paging } = pageOf(entries, request, {
      badToken,
      largest: params.InstanceId === undefined ? 50 : 100,
    });
    return { InstanceCloudAssistantStatusSet: { InstanceCloudAssistantStatus: items }, ...paging };
  }),
];

interface Order {
  readonly Type: string;
  readonly Name: string;
  readonly Description: string;
  readonly CommandId: string;
  /** With the values of its parameters. */
  readonly script: string;
}

function start(params: RunParams, order: Order, context: Context): string {
  const region = regionOf(context);
  const createdAt = context.now.getTime();
  const isDryRun = params.RepeatMode === 'DryRun';
  const schedule = params.Frequency === undefined ? undefined : parseFrequency(params.Frequency, createdAt);
  if (params.Frequency !== undefined && schedule === undefined) throw new Refusal('InvalidParam.Frequency');
  if (params.RepeatMode === 'Period' && schedule === undefined) throw new Refusal('MissingParam.Frequency');
  const hosts = commandHosts(params.InstanceId, order.Type, region);
  const id = newId('t-', region.id, region.runs.table.size);
  region.runs.add({
    id,
    createdAt,
    timeoutMs: (params.Timeout ?? 60) * 1_000,
    stepMs: context.transitionMs,
    outputLimit,
    script: order.script,
    plan: planOf(schedule, createdAt),
    stops: [],
    hosts: hosts.map(({ facts, behaviour }) =>
      hostOf(facts, behaviour, {
        script: { language: languages[order.Type] ?? 'shell', content: isDryRun ? '' : order.script, now: context.now },
        user: params.Username,
        folder: params.WorkingDir,
        codes: { user: 'AccountNotExists', folder: 'DirectoryNotExists' },
      }),
    ),
    details: detailsOf(params, order, context),
  });
  return id;
}

const languages: Readonly<Record<string, 'shell' | 'powershell' | 'batch'>> = {
  RunShellScript: 'shell',
  RunPowerShellScript: 'powershell',
  RunBatScript: 'batch',
};

function detailsOf(params: RunParams, { Type, Name, Description, CommandId }: Order, { now }: Context): RunDetails {
  return {
    CommandId,
    CommandName: Name,
    CommandDescription: Description,
    CommandType: Type,
    CreationTime: toSeconds(now),
    Frequency: params.Frequency ?? '',
    RepeatMode: params.Frequency === undefined ? (params.RepeatMode ?? 'Once') : 'Period',
    Timeout: params.Timeout ?? 60,
    WorkingDir: params.WorkingDir ?? '',
    Username: params.Username ?? '',
    Parameters: params.Parameters ?? '{}',
    Launcher: params.Launcher ?? '',
    TerminationMode: params.TerminationMode ?? '',
  };
}

function keep(
  params: z.output<typeof runCommand.params>,
  { CommandId, script }: Pick<Order, 'CommandId' | 'script'>,
  context: Context,
): void {
  const command: SavedCommand = {
    CommandId,
    Name: params.Name ?? CommandId,
    Description: params.Description ?? '',
    Type: params.Type,
    CommandContent: encoded(script, 'Base64'),
    WorkingDir: params.WorkingDir ?? '',
    Timeout: params.Timeout ?? 60,
    CreationTime: toSeconds(context.now),
    Category: '',
    Provider: '',
    Launcher: params.Launcher ?? '',
    ResourceGroupId: '',
    InvokeTimes: 1,
    Version: 1,
    Latest: true,
    EnableParameter: params.EnableParameter ?? false,
    ParameterNames: { ParameterName: [] },
  };
  regionOf(context).commands.add(CommandId, command);
}

function wanted(id: string | undefined): readonly string[] | undefined {
  return id === undefined ? undefined : [id];
}

/** The list is the other way round: places grow with age. */
function newestFirst<T>(entries: readonly { readonly place: number; readonly id: string; readonly value: T }[]) {
  return entries.toReversed().map((entry) => ({ ...entry, place: 1_000_000_000 - entry.place }));
}

function isAsked({ details, hosts }: Run<RunDetails>, filters: z.output<typeof describeInvocations.params>): boolean {
  return (
    fits(filters.CommandId, details.CommandId) &&
    fits(filters.CommandName, details.CommandName) &&
    fits(filters.CommandType, details.CommandType) &&
    fits(filters.RepeatMode, details.RepeatMode) &&
    (filters.InstanceId === undefined || hosts.some(({ id }) => id === filters.InstanceId))
  );
}

function invocation(
  run: Run<RunDetails>,
  hosts: readonly HostView[],
  params: z.output<typeof describeInvocations.params>,
) {
  const InvocationStatus = overallState(hosts);
  const shown = hosts.filter(({ id }) => fits(params.InstanceId, id));
  const InvokeInstance = shown.map((host) => ({
    InstanceId: host.id,
    InstanceInvokeStatus: recordStates[host.state],
    CreationTime: run.details.CreationTime,
    FinishTime: host.finishedAt === undefined ? '' : toSeconds(new Date(host.finishedAt)),
    ...hostRecord(host),
    Output: params.IncludeOutput === true ? encoded(host.output, params.ContentEncoding) : '',
  }));
  return {
    InvokeId: run.id,
    ...run.details,
    CommandContent: encoded(run.script, params.ContentEncoding),
    InvocationStatus,
    InvokeStatus: hosts.every(({ state }) => finalStates.has(state)) ? 'Finished' : 'Running',
    Timed: run.plan.roundsUntil !== undefined,
    InvokeInstances: { InvokeInstance },
  };
}

function result(run: Run<RunDetails>, host: HostView, encoding: string | undefined) {
  return {
    InvokeId: run.id,
    CommandId: run.details.CommandId,
    InstanceId: host.id,
    InvokeRecordStatus: recordStates[host.state],
    Username: run.details.Username,
    FinishedTime: host.finishedAt === undefined ? '' : toSeconds(new Date(host.finishedAt)),
    ...hostRecord(host),
    Output: encoded(host.output, encoding),
  };
}

function managedAgent(
  one: { InstanceId: string; Connected: boolean; OsType: string; AgentVersion: string; InvocationCount: number },
  now: Date,
) {
  return agentOf(
    {
      id: one.InstanceId,
      isOnline: one.Connected,
      osType: one.OsType,
      version: one.AgentVersion,
      count: one.InvocationCount,
    },
    now,
  );
}

function instanceAgent(one: { InstanceId: string; Status: string; [field: string]: unknown }, now: Date) {
  const osType = String(one['OSType']);
  return agentOf(
    { id: one.InstanceId, isOnline: one.Status === 'Running', osType, version: agentVersion(osType), count: 0 },
    now,
  );
}

interface Agent {
  readonly id: string;
  readonly isOnline: boolean;
  readonly osType: string;
  readonly version: string;
  readonly count: number;
}

function agentOf({ id, isOnline, osType, version, count }: Agent, now: Date) {
  return {
    InstanceId: id,
    // Text in spite of what it says.
    CloudAssistantStatus: String(isOnline),
    CloudAssistantVersion: version,
    OSType: osType.toLowerCase() === 'windows' ? 'Windows' : 'Linux',
    LastHeartbeatTime: toSeconds(isOnline ? ago(now, 20_000) : ago(now, 90 * minute)),
    LastInvokedTime: '',
    InvocationCount: count,
    ActiveTaskCount: 0,
    SupportSessionManager: true,
  };
}
