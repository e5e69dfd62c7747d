import * as z from 'zod/mini';
import type { ParamsSchema } from './operation';

type Fields = Record<string, unknown>;

/**
 * `schema.safeParse` over a strict object, at the cost of the parameters that are given: the schema itself visits
 * every parameter that an operation knows, most of which are never sent. Only when something is wrong, missing or
 * unusual is the whole schema asked, so that it says what.
 */
export function parseStrict(schema: ParamsSchema, params: Readonly<Fields>): z.core.util.SafeParseResult<Fields> {
  const data = onlyGiven(schema, params);
  return data === undefined ? schema.safeParse(params) : { success: true, data };
}

function onlyGiven(schema: ParamsSchema, params: Readonly<Fields>): Fields | undefined {
  const needed = neededBy(schema);
  if (needed?.every((name) => Object.hasOwn(params, name)) !== true) return undefined;
  const data: Fields = {};
  for (const [name, value] of Object.entries(params)) {
    const field: z.core.$ZodType | undefined = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    const parsed = field && z.safeParse(field, value);
    if (parsed?.success !== true) return undefined;
    data[name] = parsed.data;
  }
  return data;
}

const needs = new WeakMap<ParamsSchema, readonly string[] | undefined>();

/** The parameters that may not be left out; undefined for a schema that checks more than its fields. */
function neededBy(schema: ParamsSchema): readonly string[] | undefined {
  if (!needs.has(schema)) {
    const plain = (schema._zod.def.checks ?? []).length === 0 && schema._zod.def.catchall?._zod.def.type === 'never';
    const fields = Object.entries<z.core.$ZodType>(schema.shape);
    const names = fields.filter(([, field]) => field._zod.def.type !== 'optional').map(([name]) => name);
    needs.set(schema, plain ? names : undefined);
  }
  return needs.get(schema);
}
