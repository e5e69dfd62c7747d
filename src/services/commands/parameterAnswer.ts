import * as l10n from '@vscode/l10n';
import { matchesWithin } from '../../platform/matchesWithin';
import type { ScriptHeader, ScriptParameter } from './headerTypes';

const longest = 4_000;

/** What is wrong with a value for a parameter, as its declaration has it; undefined where nothing is. */
export function parameterProblem(
  { initial, pattern, values }: Pick<ScriptParameter, 'initial' | 'pattern' | 'values'>,
  value: string,
): string | undefined {
  if (value === '') return initial === '' ? undefined : l10n.t('A value is needed.');
  if (value.length > longest) return l10n.t('At most {0} characters.', longest);
  if (values !== undefined && !values.includes(value)) return l10n.t('Choose one of: {0}', values.join(l10n.t(', ')));
  return pattern === undefined || matchesWithin(pattern, value) === true
    ? undefined
    : l10n.t('The value does not fit the pattern {0}', pattern);
}

/** The parameters of several scripts, those of the same name once, as the first one declares them. */
export function allParameters(headers: readonly (ScriptHeader | undefined)[]): ScriptParameter[] {
  const byName = new Map<string, ScriptParameter>();
  for (const parameter of headers.flatMap((header) => header?.parameters ?? []))
    if (!byName.has(parameter.name)) byName.set(parameter.name, parameter);
  return [...byName.values()];
}
