import type { Clouds } from '../accounts/ports';
import type { RunTarget } from '../journal/history';

type Gone = Pick<RunTarget, 'provider' | 'kind' | 'region' | 'id' | 'name' | 'resource'>;

/** Whether the cloud of a journal target knows a way back for its kind. */
export function hasRecipe(clouds: Pick<Clouds, 'all'>, target: Gone): boolean {
  return wayBack(clouds, target) !== undefined;
}

/** How to bring back what was deregistered or deleted, as text to copy; undefined where there is no way. */
export function recipeFor(clouds: Pick<Clouds, 'all'>, target: Gone): string | undefined {
  const { region, id, name, resource } = target;
  return wayBack(clouds, target)?.({ region, id, name, item: resource ?? {} });
}

function wayBack(clouds: Pick<Clouds, 'all'>, { provider, kind }: Gone) {
  // A newer version may have written down a cloud that this one does not know.
  const cloud = clouds.all.find(({ id }) => id === provider);
  return cloud?.kinds.find(({ id }) => id === kind)?.destroy?.recipe;
}
