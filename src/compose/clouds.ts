import type { Provider } from '../core/provider';
import type { Clouds } from '../services/accounts/ports';

/** These clouds and no others, found by id. */
export function cloudsOf(all: readonly Provider[]): Clouds {
  return {
    all,
    provider: (id) => {
      const provider = all.find((candidate) => candidate.id === id);
      if (provider === undefined) throw new RangeError(`No provider has the id "${id}".`);
      return provider;
    },
    kind: (id, kind) => all.find((one) => one.id === id)?.kinds.find((candidate) => candidate.id === kind),
  };
}
