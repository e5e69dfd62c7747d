import type { Item } from '../../../core/item';
import type { ScriptLanguage, StoredScript } from '../../../core/script';
import { viewOf } from '../../../core/tolerant';
import { languageBehind, storedText } from '../../savedCommand';
import { listedCommand } from './savedOperations';

/** The typed view of a saved command. */
export const recordOf = viewOf(listedCommand);

const languages: Readonly<Record<string, ScriptLanguage>> = {
  Shell: 'shell',
  Python: 'python',
  Bat: 'batch',
  PowerShell: 'powershell',
};

export function scriptOf(item: Item): StoredScript {
  const { Name, CommandId, Type = '', CommandContent, WorkingDir, Username, Timeout } = recordOf(item);
  const { EnableParameter, ParameterDefinitions } = recordOf(item);
  const { text, isExact } = storedText(CommandContent);
  return {
    language: languageBehind(Object.hasOwn(languages, Type) ? languages[Type] : undefined, text),
    name: Name || CommandId,
    description: recordOf(item).Description ?? '',
    text,
    isExact,
    user: Username || undefined,
    folder: WorkingDir || undefined,
    timeout: Timeout,
    parameters:
      EnableParameter === true
        ? ParameterDefinitions.map(({ Name: name = '', Required = false, DefaultValue }) => ({
            name,
            description: '',
            initial: DefaultValue || undefined,
            isRequired: Required,
            choices: [],
          }))
        : undefined,
    launcher: '',
  };
}
