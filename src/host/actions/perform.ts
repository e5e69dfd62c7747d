import type { Target } from '../../core/target';
import type { ActionRequest, Gate, Performed } from '../../services/actions/gate';
import type { Plan } from '../../services/actions/plan';
import type { Instead } from '../../services/actions/ports';

/** Asks the gate, and does what the person wants instead of running the plan. */
export interface Performer {
  perform(request: ActionRequest): Promise<void>;
  /** The same for what the gate already came back with. */
  act(performed: Performed): Promise<void>;
}

export interface PerformerDeps {
  readonly gate: Pick<Gate, 'perform'>;
  readonly review: (plan: Plan) => Promise<void>;
  /** Shows what is registered with a target and stands in the way. */
  readonly related: (target: Target) => Promise<void>;
}

export function createPerformer({ gate, review, related }: PerformerDeps): Performer {
  const perform = async (request: ActionRequest): Promise<void> => act(await gate.perform(request));
  const act = async ({ instead }: Performed): Promise<void> => {
    if (instead !== undefined) await doInstead(instead);
  };
  const doInstead = (instead: Instead): Promise<void> => {
    switch (instead.want) {
      case 'review':
        return review(instead.plan);
      case 'related':
        return related(instead.target);
      case 'remedy':
        // A plan of its own, with a question of its own.
        return perform({ action: instead.action, targets: instead.targets });
      default: {
        const never: never = instead;
        return never;
      }
    }
  };
  return { perform, act };
}
