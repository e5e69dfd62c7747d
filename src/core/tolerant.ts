import * as z from 'zod/mini';

/**
 * Schemas for what clouds answer. The vendors' samples, models and gateways disagree on types
 * (`InvocationCount: "2"` on one page, `2` on the next), so what arrives is coerced once, here.
 */

type Fit = (value: unknown) => boolean;

/** For each schema made here: whether a value would come out of it unchanged. */
const fitOfSchema = new WeakMap<object, Fit>();

/** Text, or undefined when it is missing or null. Numbers and booleans become text. */
export const text = known(
  isTextOrAbsent,
  z.pipe(
    z.transform((value: unknown) => {
      if (value === null) return undefined;
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    }),
    z.optional(z.string()),
  ),
);

/** Text that must be there and not be empty. */
export const requiredText = known(
  (value) => typeof value === 'string' && value !== '',
  z.string().check(z.minLength(1)),
);

/** A number that may arrive as text; undefined when missing, null or empty. */
export const count = known(
  isNumberOrAbsent,
  z.pipe(
    z.transform((value: unknown) => {
      if (value === null || value === '') return undefined;
      return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    }),
    z.optional(z.number()),
  ),
);

/** A boolean that may arrive as text in any case; undefined when missing, null or empty. */
export const flag = known(
  isBooleanOrAbsent,
  z.pipe(
    z.transform((value: unknown) => {
      if (value === null || value === '') return undefined;
      if (typeof value !== 'string') return value;
      const lower = value.trim().toLowerCase();
      return lower === 'true' ? true : lower === 'false' ? false : value;
    }),
    z.optional(z.boolean()),
  ),
);

/**
 * The type of what came out of `schema`, for values that arrive untyped: answers and the records of a list. Nothing is
 * checked here; the client has parsed them.
 */
export function viewOf<S extends z.ZodMiniType>(_schema: S): (value: unknown) => z.output<S> {
  // What reaches a cloud's readers came out of the response schema of its operation and nowhere else.
  return (value) => value as z.output<S>;
}

/**
 * A list, flat (`Instances: [...]`) or wrapped (`Instances: {Instance: [...]}`, as old operations and XML have it,
 * where a single item may stand without a list). Missing, null, empty text and `{}` are the empty list.
 */
export function list<T extends z.ZodMiniType>(item: T, wrapper?: string) {
  const fits = fitOf(item);
  return known(
    (value) => Array.isArray(value) && value.every(fits),
    z.pipe(
      z.transform((value: unknown) => toList(value, wrapper)),
      z.array(item),
    ),
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

/**
 * An object of which only the named fields matter; every other field is kept as it came. Records that already have
 * the expected types, as nearly all do, are passed on as they are: a listing is read at little more than the cost of
 * `JSON.parse`. Only others go through the schema, which coerces them or says what is wrong.
 */
export function object<S extends z.core.$ZodLooseShape>(shape: S) {
  const schema = z.looseObject(shape);
  const fields = Object.entries<z.core.$ZodType>(shape).map(([name, field]) => ({ name, fits: fitOf(field) }));
  const others = fields.filter(({ fits }) => fits !== isTextOrAbsent);
  const texts = fields.filter(({ fits }) => fits === isTextOrAbsent).map(({ name }) => name);
  // Plain loops, and the most common check in place: this runs for each field of each record of a listing.
  const fits = (value: unknown): boolean => {
    if (!isPlain(value)) return false;
    for (const name of texts) {
      const field = value[name];
      if (typeof field !== 'string' && field !== undefined) return false;
    }
    for (const { name, fits: fit } of others) if (!fit(value[name])) return false;
    return true;
  };
  const fast = z.transform((value: unknown, context): unknown => {
    if (fits(value)) return value;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.issues.push({ ...issue, code: 'custom', input: value });
    return z.NEVER;
  });
  // It accepts and returns exactly what the loose object does.
  return known(fits, fast as unknown as z.ZodMiniType<z.output<typeof schema>, z.input<typeof schema>>);
}

function known<T extends object>(fits: Fit, schema: T): T {
  fitOfSchema.set(schema, fits);
  return schema;
}

function fitOf(schema: z.core.$ZodType): Fit {
  return fitOfSchema.get(schema) ?? ((value) => isUnchangedBy(schema, value));
}

function isUnchangedBy(schema: z.core.$ZodType, value: unknown): boolean {
  const parsed = z.safeParse(schema, value);
  return parsed.success && parsed.data === value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextOrAbsent(value: unknown): boolean {
  return typeof value === 'string' || value === undefined;
}

function isNumberOrAbsent(value: unknown): boolean {
  return typeof value === 'number' || value === undefined;
}

function isBooleanOrAbsent(value: unknown): boolean {
  return typeof value === 'boolean' || value === undefined;
}

/** A nested object, or undefined when it is missing, null or empty text (as an empty XML element is). */
export function optionalObject<T extends z.ZodMiniType>(inner: T) {
  const fits = fitOf(inner);
  return known(
    (value) => value === undefined || fits(value),
    z.pipe(
      z.transform((value: unknown): unknown => (value === null || value === '' ? undefined : value)),
      z.optional(inner),
    ),
  );
}
