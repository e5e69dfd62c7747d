import * as z from 'zod/mini';
import { defineOperation, strict } from '../../../core/operation';
import { count, flag, list, object, optionalObject, requiredText, text } from '../../../core/tolerant';
import { clientToken, required } from '../../params';
import { pageFields, pagingParams } from '../api/paging';
import { docs, ecs, ownerParams, tagFilters } from '../api/product';
import { pagingErrors, standardErrors, tagErrors } from '../api/sharedErrors';
import { agentStatusErrors, runErrors, stopErrors } from './errors';

/** Instances of one run, ECS and managed alike. */
export const hostsPerRun = 100;
/** Instances one stop can name. */
export const hostsPerStop = 50;

const optionalText = z.optional(z.string());
const encoding = z.optional(z.enum(['PlainText', 'Base64']));
const tags = list(object({ TagKey: text, TagValue: text }), 'Tag');

/** What both ways of running a command take. */
const runParams = () => ({
  RegionId: required,
  InstanceId: z.array(required).check(z.minLength(1), z.maxLength(hostsPerRun)),
  Timeout: z.optional(z.int().check(z.minimum(10))),
  WorkingDir: z.optional(z.string().check(z.maxLength(200))),
  Username: z.optional(z.string().check(z.maxLength(255))),
  /** The name of a parameter that holds the password, never the password. */
  WindowsPasswordName: z.optional(z.string().check(z.maxLength(255))),
  /** `DryRun` checks the agent, user and folder of each host and runs nothing. */
  RepeatMode: z.optional(z.enum(['Once', 'Period', 'NextRebootOnly', 'EveryReboot', 'DryRun'])),
  Frequency: optionalText,
  /** One JSON object as text. Its values are pasted into the script as they are. */
  Parameters: optionalText,
  TerminationMode: z.optional(z.enum(['Process', 'ProcessTree'])),
  Launcher: z.optional(z.string().check(z.maxLength(1_024))),
  ResourceGroupId: optionalText,
  ClientToken: clientToken,
  ...ownerParams(),
});

/** Runs a script on up to 100 hosts, all of them or none. The answer comes before anything has run. */
export const runCommand = defineOperation({
  action: 'RunCommand',
  product: ecs,
  effect: 'run',
  danger: 'runs',
  params: strict(() => ({
    Type: z.enum(['RunShellScript', 'RunPowerShellScript', 'RunBatScript']),
    CommandContent: required,
    /** The default is plain text here and Base64 for saved commands: always sent. */
    ContentEncoding: encoding,
    Name: z.optional(z.string().check(z.maxLength(128))),
    Description: z.optional(z.string().check(z.maxLength(512))),
    EnableParameter: z.optional(z.boolean()),
    KeepCommand: z.optional(z.boolean()),
    ...runParams(),
  })),
  response: object({ RequestId: text, InvokeId: requiredText, CommandId: text }),
  permission: 'ecs:RunCommand',
  errors: runErrors,
  page: `${docs}runcommand`,
});

/** Runs a saved command; a public one may be named by its name. */
export const invokeCommand = defineOperation({
  action: 'InvokeCommand',
  product: ecs,
  effect: 'run',
  danger: 'runs',
  params: strict(() => ({ CommandId: required, ...runParams() })),
  response: object({ RequestId: text, InvokeId: requiredText }),
  permission: 'ecs:InvokeCommand',
  errors: runErrors,
  page: `${docs}invokecommand`,
});

/** What a host says in either list of runs. */
const hostRecord = {
  InvocationStatus: text,
  StartTime: text,
  StopTime: text,
  ErrorCode: text,
  ErrorInfo: text,
  ExitCode: count,
  Output: text,
  /** Bytes that are missing; the end of the output is what was kept. */
  Dropped: count,
  Repeats: count,
};

/** A run as `DescribeInvocations` answers: with its script, and the newest round of each host. */
export const listedInvocation = object({
  InvokeId: requiredText,
  CommandId: text,
  CommandName: text,
  CommandDescription: text,
  CommandType: text,
  CommandContent: text,
  CreationTime: text,
  Frequency: text,
  RepeatMode: text,
  InvocationStatus: text,
  Timeout: count,
  Timed: flag,
  WorkingDir: text,
  Username: text,
  Launcher: text,
  TerminationMode: text,
  Tags: tags,
  InvokeInstances: list(
    object({ InstanceId: requiredText, CreationTime: text, FinishTime: text, UpdateTime: text, ...hostRecord }),
    'InvokeInstance',
  ),
});

/** Runs of the last 30 days, whoever started them, newest first. */
export const describeInvocations = defineOperation({
  action: 'DescribeInvocations',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    RegionId: required,
    InvokeId: optionalText,
    CommandId: optionalText,
    CommandName: optionalText,
    CommandType: optionalText,
    InstanceId: optionalText,
    InvokeStatus: optionalText,
    RepeatMode: optionalText,
    IncludeOutput: z.optional(z.boolean()),
    ContentEncoding: encoding,
    ResourceGroupId: optionalText,
    Tag: tagFilters(),
    ...pagingParams(50),
    ...ownerParams(),
  })),
  response: object({ RequestId: text, Invocations: list(listedInvocation, 'Invocation'), ...pageFields }),
  permission: 'ecs:DescribeInvocations',
  errors: { ...standardErrors, ...tagErrors, ...pagingErrors },
  page: `${docs}describeinvocations`,
});

/** What one host answered to one run. */
export const listedResult = object({
  InstanceId: requiredText,
  InvokeId: text,
  CommandId: text,
  FinishedTime: text,
  Username: text,
  ...hostRecord,
});

/** What the hosts of a run answered; everything stands inside `Invocation`, the paging too. */
export const describeInvocationResults = defineOperation({
  action: 'DescribeInvocationResults',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    RegionId: required,
    InvokeId: optionalText,
    InstanceId: optionalText,
    CommandId: optionalText,
    InvokeRecordStatus: optionalText,
    IncludeHistory: z.optional(z.boolean()),
    ContentEncoding: encoding,
    ResourceGroupId: optionalText,
    Tag: tagFilters(),
    ...pagingParams(50),
    ...ownerParams(),
  })),
  response: object({
    RequestId: text,
    Invocation: optionalObject(object({ InvocationResults: list(listedResult, 'InvocationResult'), ...pageFields })),
  }),
  permission: 'ecs:DescribeInvocationResults',
  errors: { ...standardErrors, ...tagErrors, ...pagingErrors },
  page: `${docs}describeinvocationresults`,
});

/** Asks for the end of a run or a schedule, on all of its hosts where none are named. What runs may still finish. */
export const stopInvocation = defineOperation({
  action: 'StopInvocation',
  product: ecs,
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({
    RegionId: required,
    InvokeId: required,
    InstanceId: z.optional(z.array(required).check(z.maxLength(hostsPerStop))),
    ...ownerParams(),
  })),
  response: object({ RequestId: text }),
  permission: 'ecs:StopInvocation',
  errors: stopErrors,
  page: `${docs}stopinvocation`,
});

/** The agent of a host. "true" means that it was heard of within two minutes. */
export const listedAgent = object({
  InstanceId: requiredText,
  CloudAssistantStatus: flag,
  CloudAssistantVersion: text,
  OSType: text,
  LastHeartbeatTime: text,
  LastInvokedTime: text,
  InvocationCount: count,
  ActiveTaskCount: count,
  SupportSessionManager: flag,
});

export const describeCloudAssistantStatus = defineOperation({
  action: 'DescribeCloudAssistantStatus',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    RegionId: required,
    InstanceId: z.optional(z.array(required).check(z.maxLength(100))),
    OSType: optionalText,
    ...pagingParams(50),
    ...ownerParams(),
  })),
  response: object({
    RequestId: text,
    InstanceCloudAssistantStatusSet: list(listedAgent, 'InstanceCloudAssistantStatus'),
    ...pageFields,
  }),
  permission: 'ecs:DescribeCloudAssistantStatus',
  errors: { ...agentStatusErrors, ...pagingErrors },
  page: `${docs}describecloudassistantstatus`,
});
