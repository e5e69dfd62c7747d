import type { Memory } from '../../../src/services/accounts/ports';

/** What is kept, as JSON, so that nothing is shared with whoever kept it. */
export function createMemory(
  kept: Readonly<Record<string, unknown>> = {},
): Memory & { readonly kept: Map<string, string> } {
  const texts = new Map(Object.entries(kept).map(([key, value]) => [key, JSON.stringify(value)]));
  return {
    kept: texts,
    get: (key) => {
      const text = texts.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    set: (key, value) => {
      if (value === undefined) texts.delete(key);
      else texts.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}
