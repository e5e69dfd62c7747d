import type { Removed } from '../../core/action';
import type { Clouds } from '../accounts/ports';
import type { RunTarget } from '../journal/runRecord';
import { actionWritten } from './declared';

type Gone = Pick<RunTarget, 'provider' | 'kind' | 'region' | 'id' | 'name' | 'resource' | 'action' | 'does'>;

/** Whether the cloud of a journal target knows a way back for what was done. */
export function hasRecipe(clouds: Pick<Clouds, 'all'>, target: Gone): boolean {
  return recipeOf(clouds, target) !== undefined;
}

/** How to bring back what was deregistered or deleted, as text to copy; undefined where there is no way. */
export function recipeFor(clouds: Pick<Clouds, 'all'>, target: Gone): string | undefined {
  const { region, id, name, resource } = target;
  return recipeOf(clouds, target)?.({ region, id, name, item: resource ?? {} });
}

function recipeOf(clouds: Pick<Clouds, 'all'>, target: Gone): ((removed: Removed) => string) | undefined {
  const goal = actionWritten(clouds, target)?.goal;
  return goal?.type === 'gone' ? goal.recipe : undefined;
}
