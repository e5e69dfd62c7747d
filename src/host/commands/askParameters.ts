import * as l10n from '@vscode/l10n';
import type { ScriptValue } from '../../core/script';
import type { ScriptParameter } from '../../services/commands/headerTypes';
import { parameterProblem } from '../../services/commands/parameterAnswer';
import { wordsIn } from '../../services/commands/scriptHeader';
import { enterText, pickOne, type Answer } from '../ui/steps';

export interface ParameterQuestions {
  /** What is run, for the title. */
  readonly name: string;
  readonly parameters: readonly ScriptParameter[];
  /** Why the scripts cannot be given a value, whatever was declared. */
  readonly valueProblem: (value: ScriptValue) => string | undefined;
  /** Whether there is something before the first question. */
  readonly back: boolean;
  readonly language: string;
}

/** Asks for each parameter, one step each. What was typed stays when a person goes back, but for secrets. */
export async function askParameters(
  questions: ParameterQuestions,
): Promise<readonly ScriptValue[] | 'back' | 'cancel'> {
  const { parameters, back } = questions;
  const given: ScriptValue[] = [];
  let at = 0;
  while (at < parameters.length) {
    const parameter = parameters[at];
    if (parameter === undefined) break;
    const answer = await askOne(parameter, questions, { step: at + 1, back: back || at > 0, before: given[at]?.value });
    if (answer === 'cancel') return 'cancel';
    if (answer === 'back' && at === 0) return 'back';
    if (answer !== 'back')
      given[at] = { name: parameter.name, value: answer.value, ...(parameter.secret && { secret: true }) };
    at += answer === 'back' ? -1 : 1;
  }
  return given;
}

interface Step {
  readonly step: number;
  readonly back: boolean;
  readonly before: string | undefined;
}

function askOne(
  parameter: ScriptParameter,
  { name, parameters, valueProblem, language }: ParameterQuestions,
  { step, back, before }: Step,
): Promise<Answer<string>> {
  const { secret, values, description } = parameter;
  const frame = { title: name, step, totalSteps: parameters.length, back };
  const first = secret ? undefined : (before ?? parameter.initial);
  const about = description === undefined ? parameter.name : `${wordsIn(description, language)} (${parameter.name})`;
  if (values !== undefined) {
    const sorted = values.toSorted((a, b) => Number(b === first) - Number(a === first));
    const load = () => Promise.resolve(sorted.map((value) => ({ label: value, value })));
    return pickOne({ ...frame, placeholder: about, empty: '', load });
  }
  return enterText({
    ...frame,
    prompt: secret ? l10n.t('{0} – secret: it is sent within the script and shown nowhere', about) : about,
    value: first,
    secret,
    validate: (value) => parameterProblem(parameter, value) ?? valueProblem({ name: parameter.name, value, secret }),
  });
}
