import * as z from 'zod/mini';

/**
 * Schemas for what clouds answer. The vendors' samples, models and gateways disagree on types
 * (`InvocationCount: "2"` on one page, `2` on the next), so what arrives is coerced once, here.
 */

/** Text, or undefined when it is missing or null. Numbers and booleans become text. */
export const text = z.pipe(
  z.transform((value: unknown) => {
    if (value === null) return undefined;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  }),
  z.optional(z.string()),
);

/** A number that may arrive as text; undefined when missing, null or empty. */
export const count = z.pipe(
  z.transform((value: unknown) => {
    if (value === null || value === '') return undefined;
    return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  }),
  z.optional(z.number()),
);

/** A boolean that may arrive as text in any case; undefined when missing, null or empty. */
export const flag = z.pipe(
  z.transform((value: unknown) => {
    if (value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    const lower = value.trim().toLowerCase();
    return lower === 'true' ? true : lower === 'false' ? false : value;
  }),
  z.optional(z.boolean()),
);

/**
 * A list, flat (`Instances: [...]`) or wrapped (`Instances: {Instance: [...]}`, as old operations and XML have it,
 * where a single item may stand without a list). Missing, null, empty text and `{}` are the empty list.
 */
export function list<T extends z.ZodMiniType>(item: T, wrapper?: string) {
  return z.pipe(
    z.transform((value: unknown) => toList(value, wrapper)),
    z.array(item),
  );
}

function toList(value: unknown, wrapper: string | undefined): unknown {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value;
  // In XML a list of one text is that text.
  if (typeof value !== 'object') return [value];
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  const inner = wrapper === undefined ? undefined : (value as Record<string, unknown>)[wrapper];
  if (wrapper !== undefined && wrapper in value) return toList(inner, undefined);
  return entries.length === 1 && Array.isArray(entries[0]?.[1]) ? entries[0][1] : [value];
}

/** An object of which only the named fields matter; every other field is kept as it came. */
export const object = z.looseObject;

/** A nested object, or undefined when it is missing, null or empty text (as an empty XML element is). */
export function optionalObject<T extends z.ZodMiniType>(inner: T) {
  return z.pipe(
    z.transform((value: unknown): unknown => (value === null || value === '' ? undefined : value)),
    z.optional(inner),
  );
}
