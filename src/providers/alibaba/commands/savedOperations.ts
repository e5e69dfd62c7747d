import * as z from 'zod/mini';
import { defineOperation, strict } from '../../../core/operation';
import { count, flag, list, listedText, object, requiredText, text } from '../../../core/tolerant';
import { clientToken, required } from '../../params';
import { pageFields, pagingParams } from '../api/paging';
import { docs, ecs, ownerParams, tagFilters } from '../api/product';
import { pagingErrors, tagErrors } from '../api/sharedErrors';
import { createErrors, deleteErrors, listCommandsErrors, modifyErrors } from './errors';

const encoding = z.optional(z.enum(['PlainText', 'Base64']));
const optionalText = z.optional(z.string());

/** What can still be changed of a saved command. */
const changeable = () => ({
  Description: z.optional(z.string().check(z.maxLength(512))),
  WorkingDir: z.optional(z.string().check(z.maxLength(200))),
  Timeout: z.optional(z.int().check(z.minimum(10))),
  Launcher: z.optional(z.string().check(z.maxLength(1_024))),
});

const name = z.string().check(z.minLength(1), z.maxLength(128));

/** Saves a command. Its type and, in spite of what `ModifyCommand` takes, its content are fixed for life. */
export const createCommand = defineOperation({
  action: 'CreateCommand',
  product: ecs,
  effect: 'create',
  // It counts against the number of commands that the account may keep.
  danger: 'costs',
  params: strict(() => ({
    RegionId: required,
    Name: name,
    Type: z.enum(['RunShellScript', 'RunPowerShellScript', 'RunBatScript']),
    CommandContent: required,
    /** Base64 is the default here, and what anything unknown is taken for: always sent. */
    ContentEncoding: encoding,
    EnableParameter: z.optional(z.boolean()),
    ResourceGroupId: optionalText,
    ClientToken: clientToken,
    ...changeable(),
    ...ownerParams(),
  })),
  response: object({ RequestId: text, CommandId: requiredText }),
  permission: 'ecs:CreateCommand',
  errors: createErrors,
  page: `${docs}createcommand`,
});

/** A saved command, own or public. Definitions of parameters, versions and categories come with public ones only. */
export const listedCommand = object({
  CommandId: requiredText,
  Name: text,
  Description: text,
  Type: text,
  CommandContent: text,
  WorkingDir: text,
  Timeout: count,
  CreationTime: text,
  Category: text,
  Provider: text,
  Launcher: text,
  ResourceGroupId: text,
  InvokeTimes: count,
  Version: count,
  Latest: flag,
  EnableParameter: flag,
  ParameterNames: list(listedText, 'ParameterName'),
  ParameterDefinitions: list(
    object({
      ParameterName: text,
      Description: text,
      DefaultValue: text,
      PatternRegex: text,
      Required: flag,
      PossibleValues: list(listedText, 'PossibleValue'),
    }),
    'ParameterDefinition',
  ),
  Tags: list(object({ TagKey: text, TagValue: text }), 'Tag'),
});

/** Own commands without a provider, public ones with one. An id that nobody has gives an empty list. */
export const describeCommands = defineOperation({
  action: 'DescribeCommands',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    RegionId: required,
    CommandId: optionalText,
    Name: optionalText,
    Type: optionalText,
    Description: optionalText,
    Provider: optionalText,
    Latest: z.optional(z.boolean()),
    ContentEncoding: encoding,
    ResourceGroupId: optionalText,
    Tag: tagFilters(),
    ...pagingParams(50),
    ...ownerParams(),
  })),
  response: object({ RequestId: text, Commands: list(listedCommand, 'Command'), ...pageFields }),
  permission: 'ecs:DescribeCommands',
  errors: { ...listCommandsErrors, ...tagErrors, ...pagingErrors },
  page: `${docs}describecommands`,
});

/** Changes what runs from now on use of it. Content is left out on purpose: the cloud takes it and does nothing. */
export const modifyCommand = defineOperation({
  action: 'ModifyCommand',
  product: ecs,
  effect: 'change',
  // At worst: schedules of the command run elsewhere, or are cut short.
  danger: 'interrupts',
  params: strict(() => ({
    RegionId: required,
    CommandId: required,
    Name: z.optional(name),
    ...changeable(),
    ...ownerParams(),
  })),
  response: object({ RequestId: text }),
  permission: 'ecs:ModifyCommand',
  errors: modifyErrors,
  page: `${docs}modifycommand`,
});

/** Deletes a saved command that nothing runs at the moment. */
export const deleteCommand = defineOperation({
  action: 'DeleteCommand',
  product: ecs,
  effect: 'destroy',
  danger: 'destroys',
  params: strict(() => ({ RegionId: required, CommandId: required, ...ownerParams() })),
  response: object({ RequestId: text }),
  permission: 'ecs:DeleteCommand',
  errors: deleteErrors,
  page: `${docs}deletecommand`,
});
