import { dangerOf, type ActionId } from '../../core/action';
import type { Answers } from '../../core/input';
import type { Target } from '../../core/target';
import { runnable, type Plan } from './plan';
import type { RunReport, TargetResult } from './report';

/** Gives back to some resources what one action changed of them. */
export interface UndoStep {
  readonly action: ActionId;
  readonly targets: readonly Target[];
  /** The answers that bring back what was before. */
  readonly answers: Answers;
  /** Whether everything the plan would send still is as the run left it: nobody changed it since. */
  readonly isAsLeft: (plan: Plan) => boolean;
}

/** How to undo a run: what was changed and could have been changed without a question. Empty where there is no way. */
export function undoSteps({ results }: Pick<RunReport, 'results'>): UndoStep[] {
  const steps = new Map<string, UndoStep & { readonly targets: Target[] }>();
  for (const result of results) {
    const answers = answersBack(result);
    if (answers === undefined) continue;
    const { action } = result.group;
    const key = JSON.stringify([
      action.id,
      Object.entries(answers).sort(),
      Object.entries(result.group.answers).sort(),
    ]);
    const step = steps.get(key) ?? { action: action.id, targets: [], answers, isAsLeft: asLeftBy(result) };
    step.targets.push(result.planned.target);
    steps.set(key, step);
  }
  return [...steps.values()];
}

function answersBack({ group, planned, outcome }: TargetResult): Answers | undefined {
  const { action, answers } = group;
  if (outcome !== 'done' || action.goal.type !== 'state' || dangerOf(action, answers) !== 'none') return undefined;
  return planned.item && action.goal.undo?.(planned.item, answers);
}

function asLeftBy({ group: { answers } }: TargetResult): UndoStep['isAsLeft'] {
  const left = { answers, before: undefined, seenUnderWay: false };
  return (plan) => {
    const goals = new Map(plan.groups.flatMap(({ action, targets }) => targets.map((t) => [t, action.goal])));
    return runnable(plan).every((planned) => {
      const goal = goals.get(planned);
      return goal?.type === 'state' && planned.item !== undefined && goal.reached(planned.item, left);
    });
  };
}
