import * as z from 'zod/mini';
import { defineOperation, strict } from '../../../core/operation';
import { count, flag, list, object, requiredText, text } from '../../../core/tolerant';
import { required } from '../../params';
import { docs, ecs, explorer } from '../api/product';
import { commandErrors, savedErrors } from './errors';
import { pageFields, pagingParams } from './operations';

const optionalText = z.optional(z.string());
const type = z.enum(['Shell', 'Python', 'Bat', 'PowerShell']);
const name = z.string().check(z.minLength(1), z.maxLength(32));

/** A parameter of a saved command. Numbers are text in requests. */
const definition = () =>
  z.strictObject({
    Name: z.string().check(z.minLength(1), z.maxLength(64)),
    Type: z.enum(['String', 'Digit']),
    Required: z.optional(z.boolean()),
    DefaultValue: optionalText,
  });

const changeable = () => ({
  Description: z.optional(z.string().check(z.maxLength(256))),
  ContentEncoding: z.optional(z.enum(['PlainText', 'Base64'])),
  EnableParameter: z.optional(z.boolean()),
  ParameterDefinitions: z.optional(z.array(definition()).check(z.maxLength(60))),
  Timeout: z.optional(z.int().check(z.minimum(30), z.maximum(86_400))),
  Username: optionalText,
  WorkingDir: optionalText,
});

/** Saves a command; it must begin with the line that names its interpreter. */
export const createCommand = defineOperation({
  action: 'CreateCommand',
  product: ecs,
  effect: 'create',
  // It counts against the number of commands that the account may keep.
  danger: 'costs',
  params: strict(() => ({
    Name: name,
    Type: type,
    CommandContent: required,
    ProjectName: optionalText,
    ...changeable(),
  })),
  response: object({ CommandId: requiredText }),
  permission: 'ecs:CreateCommand',
  errors: commandErrors,
  page: explorer('CreateCommand'),
});

/** A saved command, own or public. */
export const listedCommand = object({
  CommandId: requiredText,
  Name: text,
  Type: text,
  CommandContent: text,
  Description: text,
  Provider: text,
  EnableParameter: flag,
  ParameterDefinitions: list(object({ Name: text, Type: text, Required: flag, DefaultValue: text })),
  Timeout: count,
  WorkingDir: text,
  Username: text,
  InvocationTimes: count,
  CreatedAt: text,
  UpdatedAt: text,
  ProjectName: text,
  Tags: list(object({ Key: text, Value: text })),
});

/** Own commands without a provider, public ones with one. */
export const describeCommands = defineOperation({
  action: 'DescribeCommands',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    CommandId: optionalText,
    Name: optionalText,
    Type: optionalText,
    Provider: optionalText,
    ContentEncoding: z.optional(z.enum(['PlainText', 'Base64'])),
    Order: z.optional(z.enum(['created_at', 'name'])),
    ProjectName: optionalText,
    ...pagingParams(),
  })),
  response: object({ Commands: list(listedCommand), ...pageFields }),
  permission: 'ecs:DescribeCommands',
  errors: commandErrors,
  page: `${docs}170749`,
});

/** Changes what it names, the content too; an empty name or description leaves the old one. */
export const modifyCommand = defineOperation({
  action: 'ModifyCommand',
  product: ecs,
  effect: 'change',
  // At worst: schedules of the command run something else from now on.
  danger: 'interrupts',
  params: strict(() => ({
    CommandId: required,
    Name: z.optional(name),
    Type: z.optional(type),
    CommandContent: z.optional(required),
    ...changeable(),
  })),
  response: object({ CommandId: text }),
  permission: 'ecs:ModifyCommand',
  errors: savedErrors,
  page: explorer('ModifyCommand'),
});

/** Deletes a saved command. */
export const deleteCommand = defineOperation({
  action: 'DeleteCommand',
  product: ecs,
  effect: 'destroy',
  danger: 'destroys',
  params: strict(() => ({ CommandId: required })),
  response: object({ CommandId: text }),
  permission: 'ecs:DeleteCommand',
  errors: savedErrors,
  page: `${docs}170748`,
});
