import * as z from 'zod/mini';
import { defineOperation, strict } from '../../../core/operation';
import { count, flag, list, object, requiredText, text } from '../../../core/tolerant';
import { required } from '../../params';
import { docs, ecs, explorer } from '../api/product';
import { commandErrors, invocationErrors, runErrors, savedErrors, stopErrors } from './errors';

/** Instances of one run. */
export const hostsPerRun = 200;

const optionalText = z.optional(z.string());
const encoding = z.optional(z.enum(['PlainText', 'Base64']));

/** Numbered pages; there are no tokens in this part of the API. */
export const pagingParams = () => ({
  PageNumber: z.optional(z.int().check(z.minimum(1))),
  PageSize: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
});
export const pageFields = { PageNumber: count, PageSize: count, TotalCount: count };

/** Chinese characters, letters, digits, `_` and `-`, at most 64, no digit or `-` first; may be used again. */
export const invocationName = /^[\p{Script=Han}A-Za-z_][\p{Script=Han}\w-]{0,63}$/u;

const runParams = () => ({
  InstanceIds: z.array(required).check(z.minLength(1), z.maxLength(hostsPerRun)),
  InvocationName: z.string().check(z.regex(invocationName)),
  InvocationDescription: z.optional(z.string().check(z.maxLength(256))),
  Timeout: z.optional(z.int().check(z.minimum(30), z.maximum(86_400))),
  Username: optionalText,
  WorkingDir: optionalText,
  RepeatMode: z.optional(z.enum(['Once', 'Rate', 'Fixed'])),
  Frequency: optionalText,
  LaunchTime: optionalText,
  RecurrenceEndTime: optionalText,
  /** One JSON object as text. Its values are pasted into the script as they are. */
  Parameters: optionalText,
  ProjectName: optionalText,
});

/**
 * Runs a script on up to 200 instances, all of them or none. There is no client token: a second call is a second run.
 * `WindowsPassword` is left out on purpose: it would travel in the address.
 */
export const runCommand = defineOperation({
  action: 'RunCommand',
  product: ecs,
  effect: 'run',
  danger: 'runs',
  params: strict(() => ({
    Type: z.enum(['Shell', 'Python', 'Bat', 'PowerShell']),
    CommandContent: required,
    /** The default is Base64: plain text that does not say so is decoded all the same. */
    ContentEncoding: encoding,
    EnableParameter: z.optional(z.boolean()),
    ...runParams(),
  })),
  response: object({ InvocationId: requiredText }),
  permission: 'ecs:RunCommand',
  errors: runErrors,
  page: explorer('RunCommand'),
});

/** Runs a saved command. */
export const invokeCommand = defineOperation({
  action: 'InvokeCommand',
  product: ecs,
  effect: 'run',
  danger: 'runs',
  params: strict(() => ({ CommandId: required, ...runParams() })),
  response: object({ InvocationId: requiredText }),
  permission: 'ecs:InvokeCommand',
  errors: { ...runErrors, ...savedErrors },
  page: explorer('InvokeCommand'),
});

/** A run as the list has it. Results are another call. */
export const listedInvocation = object({
  InvocationId: requiredText,
  InvocationName: text,
  InvocationDescription: text,
  InvocationStatus: text,
  CommandId: text,
  CommandName: text,
  CommandType: text,
  CommandContent: text,
  CommandDescription: text,
  CommandProvider: text,
  RepeatMode: text,
  Frequency: text,
  LaunchTime: text,
  RecurrenceEndTime: text,
  StartTime: text,
  EndTime: text,
  Parameters: text,
  Username: text,
  WorkingDir: text,
  ProjectName: text,
  InstanceNumber: count,
  Timeout: count,
  EnableParameter: flag,
});

export const describeInvocations = defineOperation({
  action: 'DescribeInvocations',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    InvocationId: optionalText,
    InvocationName: optionalText,
    InvocationStatus: optionalText,
    CommandId: optionalText,
    CommandName: optionalText,
    CommandType: optionalText,
    RepeatMode: optionalText,
    ContentEncoding: encoding,
    ProjectName: optionalText,
    ...pagingParams(),
  })),
  response: object({ Invocations: list(listedInvocation), ...pageFields }),
  permission: 'ecs:DescribeInvocations',
  errors: commandErrors,
  page: `${docs}170906`,
});

/** The instances of a run. */
export const describeInvocationInstances = defineOperation({
  action: 'DescribeInvocationInstances',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({ InvocationId: required, InstanceId: optionalText, ...pagingParams() })),
  response: object({
    InvocationInstances: list(object({ InvocationId: text, InstanceId: requiredText })),
    ...pageFields,
  }),
  permission: 'ecs:DescribeInvocationInstances',
  errors: invocationErrors,
  page: `${docs}170921`,
});

/** What one instance answered to one run. The output is Base64 whatever is asked for. */
export const listedResult = object({
  InvocationResultId: text,
  InvocationId: text,
  CommandId: text,
  InstanceId: requiredText,
  InvocationResultStatus: text,
  Username: text,
  Output: text,
  ErrorCode: text,
  ErrorMessage: text,
  ExitCode: count,
  StartTime: text,
  EndTime: text,
});

export const describeInvocationResults = defineOperation({
  action: 'DescribeInvocationResults',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    InvocationId: required,
    InstanceId: optionalText,
    CommandId: optionalText,
    InvocationResultStatus: optionalText,
    ...pagingParams(),
  })),
  response: object({ InvocationResults: list(listedResult), ...pageFields }),
  permission: 'ecs:DescribeInvocationResults',
  errors: invocationErrors,
  page: `${docs}170924`,
});

/** Ends a schedule or a run on all of its instances; single ones cannot be named. */
export const stopInvocation = defineOperation({
  action: 'StopInvocation',
  product: ecs,
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({ InvocationId: required })),
  response: object({ InvocationId: text }),
  permission: 'ecs:StopInvocation',
  errors: stopErrors,
  page: `${docs}170897`,
});

/** The agent of an instance: most instances were made without one. */
export const listedAgent = object({
  InstanceId: requiredText,
  InstanceName: text,
  HostName: text,
  OSType: text,
  OSVersion: text,
  ClientVersion: text,
  Status: text,
  LastHeartbeatTime: text,
});

export const describeCloudAssistantStatus = defineOperation({
  action: 'DescribeCloudAssistantStatus',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    InstanceIds: z.optional(z.array(required).check(z.maxLength(100))),
    OSType: optionalText,
    Status: optionalText,
    ClientVersion: optionalText,
    ...pagingParams(),
  })),
  response: object({ Instances: list(listedAgent), ...pageFields }),
  permission: 'ecs:DescribeCloudAssistantStatus',
  errors: commandErrors,
  page: explorer('DescribeCloudAssistantStatus'),
});
