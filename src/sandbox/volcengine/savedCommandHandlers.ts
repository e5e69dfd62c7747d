import {
  createCommand,
  deleteCommand,
  describeCommands,
  modifyCommand,
} from '../../providers/volcengine/commands/savedOperations';
import { newId } from '../commands/ids';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { Refusal } from '../refusal';
import { toSeconds } from '../times';
import { encoded, scriptOf } from './commandContent';
import type { SavedCommand } from './commandRecords';
import type { VolcengineRegion } from './region';
import { regionOf } from './region';

export const savedCommandHandlers: readonly Handler<VolcengineRegion>[] = [
  handle(createCommand, (params, context) => {
    const { commands, id: region } = regionOf(context);
    const script = scriptOf(params.CommandContent, params.ContentEncoding ?? 'Base64', params.Type);
    const CommandId = newId('cmd-', region, 1_000 + (commands.entries().at(-1)?.place ?? 0));
    const now = toSeconds(context.now);
    commands.add(CommandId, {
      CommandId,
      Name: params.Name,
      Type: params.Type,
      CommandContent: encoded(script, 'Base64'),
      Description: params.Description ?? '',
      Provider: '',
      EnableParameter: params.EnableParameter ?? false,
      ParameterDefinitions: params.ParameterDefinitions ?? null,
      Timeout: params.Timeout ?? 60,
      WorkingDir: params.WorkingDir ?? '/home',
      Username: params.Username ?? 'root',
      InvocationTimes: 0,
      CreatedAt: now,
      UpdatedAt: now,
      ProjectName: params.ProjectName ?? 'default',
      Tags: null,
    });
    return { CommandId };
  }),
  handle(describeCommands, (params, context) => {
    const { Name = '', Type, Provider = '', CommandId, ContentEncoding } = params;
    const entries = regionOf(context).commands.select(CommandId === undefined ? undefined : [CommandId], (command) => {
      const isAsked = CommandId !== undefined || command.Provider === Provider;
      return isAsked && command.Name.includes(Name) && (Type ?? command.Type) === command.Type;
    });
    const rules = { badToken: 'InvalidArgument', largest: 100 };
    const { items, PageNumber, PageSize, TotalCount } = pageOf(entries, params, rules);
    const Commands = items.map((command) => ({
      ...command,
      CommandContent: encoded(Buffer.from(command.CommandContent, 'base64').toString(), ContentEncoding),
    }));
    return { Commands: Commands.length === 0 ? null : Commands, PageNumber, PageSize, TotalCount };
  }),
  handle(modifyCommand, ({ CommandId, CommandContent, ContentEncoding = 'Base64', ...given }, context) => {
    const command = commandOf(CommandId, context);
    const type = given.Type ?? command.Type;
    if (CommandContent !== undefined)
      command.CommandContent = encoded(scriptOf(CommandContent, ContentEncoding, type), 'Base64');
    // An empty name or description leaves the old one.
    const changes = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
    Object.assign(command, Object.fromEntries(changes), { UpdatedAt: toSeconds(context.now) });
    return { CommandId };
  }),
  handle(deleteCommand, ({ CommandId }, context) => {
    commandOf(CommandId, context);
    regionOf(context).commands.remove(CommandId);
    return { CommandId };
  }),
];

/** A command of the account's own: public ones cannot be changed. */
function commandOf(id: string, context: CallContext<VolcengineRegion>): SavedCommand {
  const command = regionOf(context).commands.get(id);
  if (command === undefined || command.Provider !== '') throw new Refusal('InvalidCommand.NotFound');
  return command;
}
