import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ScriptInput } from '../../core/input';
import type { Script } from '../../core/script';
import type { ScriptHeader } from '../../services/commands/headerTypes';
import { allParameters } from '../../services/commands/parameterAnswer';
import { readHeader, wordsIn } from '../../services/commands/scriptHeader';
import { UserError } from '../contract/errors';
import { askParameters } from './askParameters';
import { withItsLineEnds } from './editorScript';

export interface Preparation {
  readonly valueProblem: ScriptInput['valueProblem'];
  /** Whether there is a list to go back to. */
  readonly back: boolean;
}

interface Headed {
  readonly script: Script;
  readonly header: ScriptHeader | undefined;
}

/**
 * Scripts that are about to be planned, with their line ends as their systems take them and the values of their
 * parameters. One job can have a script for each system: a parameter of both is asked for once.
 */
export async function prepareScripts(
  scripts: readonly Script[],
  { valueProblem, back }: Preparation,
): Promise<readonly Script[] | 'back' | 'cancel'> {
  const headed: Headed[] = [];
  for (const script of scripts) {
    const ready = await withItsLineEnds(script);
    if (ready === undefined) return 'cancel';
    headed.push({ script: ready, header: headerOf(ready) });
  }
  const { language } = vscode.env;
  const { script, header } = headed[0] ?? {};
  const values = await askParameters({
    name: header?.name === undefined ? (script?.name ?? '') : wordsIn(header.name, language),
    parameters: allParameters(headed.map((one) => one.header)),
    valueProblem: (value) =>
      headed.map((one) => valueProblem(one.script.language, value)).find((problem) => problem !== undefined),
    back,
    language,
  });
  if (typeof values === 'string') return values;
  return headed.map((one) => {
    const names = new Set(one.header?.parameters.map(({ name }) => name));
    const own = values.filter(({ name }) => names.has(name));
    return { ...one.script, ...(own.length > 0 && { values: own }), timeout: one.header?.timeout };
  });
}

/** A header that cannot be read may ask for values: nothing is run without them. */
function headerOf({ text, language, name }: Script): ScriptHeader | undefined {
  const { header, problems } = readHeader(text, language);
  const [first] = problems;
  if (first === undefined) return header;
  const where = l10n.t('The header of "{0}" cannot be read. Line {1}: {2}', name, first.line, first.text);
  throw new UserError(l10n.t('{0} Nothing was sent.', where));
}
