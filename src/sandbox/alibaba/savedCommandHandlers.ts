import {
  createCommand,
  deleteCommand,
  describeCommands,
  modifyCommand,
} from '../../providers/alibaba/commands/savedOperations';
import { newId } from '../commands/ids';
import { globPattern } from '../commands/shellPattern';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { Refusal } from '../refusal';
import { toMinutes } from '../times';
import { encoded, parameterNames, scriptOf } from './commandContent';
import type { SavedCommand } from './commandRecords';
import { fits, regionOf, type AlibabaRegion } from './region';

export const savedCommandHandlers: readonly Handler<AlibabaRegion>[] = [
  handle(createCommand, (params, context) => {
    const { commands, id: region } = regionOf(context);
    const script = scriptOf(params.CommandContent, params.ContentEncoding ?? 'Base64', true);
    const CommandId = newId('c-saved', region, commands.entries().at(-1)?.place ?? 0);
    const isOpen = params.EnableParameter ?? false;
    commands.add(CommandId, {
      CommandId,
      Name: params.Name,
      Description: params.Description ?? '',
      Type: params.Type,
      CommandContent: encoded(script, 'Base64'),
      WorkingDir: params.WorkingDir ?? '',
      Timeout: params.Timeout ?? 60,
      CreationTime: toMinutes(context.now),
      Category: '',
      Provider: '',
      Launcher: params.Launcher ?? '',
      ResourceGroupId: params.ResourceGroupId ?? '',
      InvokeTimes: 0,
      Version: 1,
      Latest: true,
      EnableParameter: isOpen,
      ParameterNames: { ParameterName: isOpen ? parameterNames(script) : [] },
    });
    return { CommandId };
  }),
  handle(describeCommands, (params, context) => {
    const { commands } = regionOf(context);
    const entries = commands.select(params.CommandId === undefined ? undefined : [params.CommandId], (command) => {
      const isOwn = command.Provider === '';
      const isAsked =
        params.Provider === undefined
          ? isOwn || params.CommandId !== undefined
          : command.Provider.startsWith(params.Provider) && !isOwn;
      return isAsked && isNamed(command, params.Name, params.Provider !== undefined) && fits(params.Type, command.Type);
    });
    const { items, ...paging } = pageOf(entries, params, { badToken: 'InvalidParameter.NextToken', largest: 50 });
    const Command = items.map((command) => ({
      ...command,
      CommandContent: encoded(Buffer.from(command.CommandContent, 'base64'), params.ContentEncoding),
    }));
    return { Commands: { Command }, ...paging };
  }),
  handle(modifyCommand, (params, context) => {
    const command = commandOf(params.CommandId, context);
    const { Name, Description, WorkingDir, Timeout, Launcher } = params;
    const given = Object.entries({ Name, Description, WorkingDir, Timeout, Launcher }).filter(
      ([, value]) => value !== undefined,
    );
    Object.assign(command, Object.fromEntries(given));
    return {};
  }),
  handle(deleteCommand, ({ CommandId }, context) => {
    commandOf(CommandId, context);
    const { commands, runs } = regionOf(context);
    const isInUse = runs.table.values().some((run) => run.details.CommandId === CommandId && runs.isGoingOn(run));
    if (isInUse) throw new Refusal('InvalidStatus.CmdIdInUse');
    commands.remove(CommandId);
    return {};
  }),
];

/** A command of the account's own: public ones cannot be changed. */
function commandOf(id: string, context: CallContext<AlibabaRegion>): SavedCommand {
  const command = regionOf(context).commands.get(id);
  if (command === undefined || command.Provider !== '') throw new Refusal('InvalidCmdId.NotFound');
  return command;
}

/** Own names exactly or with `*`; of public ones any part. */
function isNamed({ Name }: SavedCommand, wish: string | undefined, isPublic: boolean): boolean {
  if (wish === undefined) return true;
  return isPublic && !wish.includes('*') ? Name.includes(wish) : globPattern(wish).test(Name);
}
