import * as l10n from '@vscode/l10n';
import type { Script, StoredParameter, StoredScript } from '../../core/script';

/** As both clouds write what they put in: `{{name}}`, and with a colon what is their own. */
const placeholder = /\{\{[ \t]*([\w-]{1,64})[ \t]*\}\}/g;
const ownOfCloud = /\{\{[ \t]*([A-Za-z-]{1,20}:[\w:/.-]{1,200})[ \t]*\}\}/;

/** Why a stored script cannot be run from here as it is shown; undefined where it can. */
export function runProblem({ language, text, isExact, launcher, parameters }: StoredScript): string | undefined {
  if (language === undefined) return l10n.t('It is of a type that is not known here.');
  if (!isExact) return l10n.t('Its script is missing or is not UTF-8, so that it cannot be sent as it is shown.');
  if (launcher !== '') return l10n.t('It is started by a launcher ("{0}"), which is not possible from here.', launcher);
  const own = parameters === undefined ? undefined : ownOfCloud.exec(text)?.[1];
  return own === undefined
    ? undefined
    : l10n.t('It asks for a value of the cloud, "{0}", which is only put in where the cloud runs it by itself.', own);
}

/** The parameters that stand in the script, each once; what is declared and not used is not asked. */
export function usedParameters({ text, parameters }: StoredScript): StoredParameter[] {
  if (parameters === undefined) return [];
  const declared = new Map(parameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));
  const names = new Map([...text.matchAll(placeholder)].map(([, name = '']) => [name.toLowerCase(), name]));
  return [...names].map(
    ([key, name]) => declared.get(key) ?? { name, description: '', initial: undefined, isRequired: true, choices: [] },
  );
}

/**
 * Why a value is not put in. It stands in the script as bare text, in whatever quotes the script has or has not: only
 * what means nothing to any shell is safe there.
 */
export function valueProblem(value: string, { isRequired, choices }: StoredParameter): string | undefined {
  if (value === '') return isRequired ? l10n.t('A value is needed.') : undefined;
  if (!/^[A-Za-z0-9_./][A-Za-z0-9_.:/@,+-]*$/.test(value))
    return l10n.t(
      'The script takes the value as bare text, where anything else could become a command: letters, digits and _ . : / @ , + - only, no @ , : + - first. For other values open the script and write them in.',
    );
  return choices.length > 0 && !choices.includes(value)
    ? l10n.t('One of these: {0}', choices.join(l10n.t(', ')))
    : undefined;
}

/** The script with its parameters filled in. Throws where a value is not safe or is missing: nothing is sent then. */
export function filledIn(stored: StoredScript, values: ReadonlyMap<string, string>): Script {
  const { language, name, text } = stored;
  const used = usedParameters(stored);
  const byKey = new Map(used.map((parameter) => [parameter.name.toLowerCase(), values.get(parameter.name) ?? '']));
  const isSafe = used.every((parameter) => valueProblem(values.get(parameter.name) ?? '', parameter) === undefined);
  if (language === undefined || runProblem(stored) !== undefined || !isSafe)
    throw new TypeError('This script cannot be run with these values.');
  if (used.length === 0) return { language, name, text };
  return { language, name, text: text.replace(placeholder, (_, key: string) => byKey.get(key.toLowerCase()) ?? '') };
}
