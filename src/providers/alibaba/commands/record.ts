import type { Item } from '../../../core/item';
import type { ScriptLanguage, StoredParameter, StoredScript } from '../../../core/script';
import { viewOf } from '../../../core/tolerant';
import { languageBehind, storedText } from '../../savedCommand';
import { listedCommand } from './savedOperations';

/** The typed view of a saved command. */
export const recordOf = viewOf(listedCommand);

const languages: Readonly<Record<string, ScriptLanguage>> = {
  RunShellScript: 'shell',
  RunPowerShellScript: 'powershell',
  RunBatScript: 'batch',
};

export function scriptOf(item: Item): StoredScript {
  const { Name, CommandId, Type = '', CommandContent, WorkingDir, Timeout, Launcher = '' } = recordOf(item);
  const { text, isExact } = storedText(CommandContent);
  const language = Object.hasOwn(languages, Type) ? languages[Type] : undefined;
  const isPython = language === 'shell' && /\bpython/.test(Launcher);
  return {
    language: isPython ? 'python' : languageBehind(language, text),
    name: Name || CommandId,
    description: recordOf(item).Description ?? '',
    text,
    isExact,
    user: undefined,
    folder: WorkingDir || undefined,
    timeout: Timeout,
    parameters: parametersOf(item),
    launcher: Launcher,
  };
}

/** Definitions come with public commands only; of own ones the names alone are known, and each is required. */
function parametersOf(item: Item): StoredParameter[] | undefined {
  const { EnableParameter, ParameterNames, ParameterDefinitions } = recordOf(item);
  if (EnableParameter !== true) return undefined;
  const defined = new Map(ParameterDefinitions.map((definition) => [definition.ParameterName ?? '', definition]));
  return [...new Set([...ParameterNames, ...defined.keys()])].map((name) => {
    const { Description = '', DefaultValue, Required = true, PossibleValues = [] } = defined.get(name) ?? {};
    return {
      name,
      description: Description,
      initial: DefaultValue,
      isRequired: Required,
      choices: PossibleValues,
    };
  });
}
