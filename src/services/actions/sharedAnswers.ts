import type { Answer } from '../../core/input';
import type { PlanGroup } from './plan';
import { subjectsOf } from './planner';
import type { Need, Review, Several } from './ports';

/** Whether a question about a need is asked for another group too. A flag is asked for each group by itself. */
export function isSharedWith({ group, input }: Need, other: PlanGroup): boolean {
  if (group === other) return true;
  if (input.type === 'flag') return false;
  if (group.action.inputs.every((one) => other.action.inputs.includes(one))) return true;
  // Kinds and clouds declare runs of their own, and a person means the same script on all of them.
  return group.action.goal.type === 'followed' && group.action.id === other.action.id;
}

/** What was answered for other groups of the same request already. */
export class SharedAnswers {
  private readonly given: { readonly need: Need; readonly name: string; readonly answer: Answer }[] = [];

  /** The answer that a group need not be asked for again; undefined where there is none that it can take. */
  get(need: Need): Answer | undefined {
    return this.given.find(
      (one) => one.name === need.input.name && isSharedWith(one.need, need.group) && fits(one.answer, need),
    )?.answer;
  }

  /** Keeps what was just answered. What answers several inputs is kept for those that are asked later on. */
  add(need: Need, said: Answer | Several | Review | undefined): Answer | Review | undefined {
    if (typeof said !== 'object') return said === undefined ? undefined : this.keep(need, need.input.name, said);
    if ('want' in said) return said;
    for (const [name, answer] of Object.entries(said.answers)) this.keep(need, name, answer);
    return said.answers[need.input.name];
  }

  private keep(need: Need, name: string, answer: Answer): Answer {
    if (need.input.type !== 'flag') this.given.push({ need, name, answer });
    return answer;
  }
}

/** Whether what was answered elsewhere is an answer here: other clouds have other limits. */
function fits(answer: Answer, { group, input, answers }: Need): boolean {
  if (typeof answer !== 'string') return false;
  const subjects = subjectsOf(group);
  if (input.type === 'text') return input.problem(answer, subjects) === undefined;
  if (input.type === 'choice') return input.choices(subjects, answers).some(({ value }) => value === answer);
  return input.type === 'script';
}
