import type { Operation } from '../../../src/core/operation';

/** As much of a schema's own description as is read here. */
interface Schema {
  readonly _zod: { readonly def: Def };
  readonly safeParse: (value: unknown) => { readonly success: boolean };
}

interface Def {
  readonly type: string;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly shape?: Readonly<Record<string, Schema>>;
}

/** Values that some schema of ours takes; the first that fits is the sample. */
const candidates: readonly unknown[] = ['前端-01', 'web-01', '["i-1"]', 'a', '2026-01-02T03:04Z', 1, 60, 3_600, true];

/** Parameters that an operation takes, all of them, made from its own schema; a test of more than one value says its own. */
export function sampleParams(operation: Operation): Record<string, unknown> {
  // The description that every schema of the library carries.
  return sampleOf(operation.params as unknown as Schema) as Record<string, unknown>;
}

function sampleOf(schema: Schema): unknown {
  const { type, innerType, element, entries, shape } = schema._zod.def;
  if (innerType !== undefined) return sampleOf(innerType);
  if (element !== undefined) return [sampleOf(element)];
  if (entries !== undefined) return Object.values(entries)[0];
  if (shape !== undefined) return Object.fromEntries(Object.entries(shape).map(([key, one]) => [key, sampleOf(one)]));
  if (type === 'record') return { key: 'value' };
  return candidates.find((value) => schema.safeParse(value).success);
}
