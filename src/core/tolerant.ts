import * as z from 'zod/mini';
import { markUnreadable, noteDropped, wasAnyDropped } from './unreadable';

/**
 * Schemas for what clouds answer. The vendors' samples, models and gateways disagree on types
 * (`InvocationCount: "2"` on one page, `2` on the next), so what arrives is coerced once, here. A field of which nothing
 * can be made is unknown, and its record stays: only a record without what it is known by is left out.
 */

/** What a value is read as; the very same value where nothing is to be changed, so that records are not copied. */
type Read = (value: unknown) => unknown;

/** Nothing can be made of a value. */
class Refusal {
  constructor(readonly path: readonly string[] = []) {}
}
const refusal = new Refusal();

interface Reader {
  readonly read: Read;
  /** Where nothing can be made of the value, the field is unknown; others take the object that they are part of along. */
  readonly isOptional: boolean;
}

const readers = new WeakMap<object, Reader>();

/** A schema that does what `read` does; its type is for the checked answer. */
function schemaOf<T extends z.ZodMiniType>(read: Read, isOptional: boolean): T {
  const transform = z.transform((input: unknown, context): unknown => {
    const value = read(input);
    if (!(value instanceof Refusal)) return value;
    context.issues.push({ code: 'custom', message: 'Unreadable', path: [...value.path], input });
    return z.NEVER;
  });
  // What comes out of `read` is what the type says: the readers below see to it.
  const schema = z.pipe(transform, z.optional(z.any())) as unknown as T;
  readers.set(schema, { read, isOptional });
  return schema;
}

function readerOf(schema: z.core.$ZodType): Reader {
  const known = readers.get(schema);
  if (known !== undefined) return known;
  const read = (value: unknown): unknown => {
    const parsed = z.safeParse(schema, value);
    return parsed.success ? parsed.data : refusal;
  };
  return { read, isOptional: false };
}

type OptionalText = z.ZodMiniOptional<z.ZodMiniString>;

/** Text, or undefined when it is missing or null. Numbers and booleans become text. */
export const text = schemaOf<OptionalText>(readText, true);

/** Text that must be there and not be empty. A number may have lost digits on its way, so it is nobody's id. */
export const requiredText = schemaOf<z.ZodMiniString>(
  (value) => (typeof value === 'string' && value !== '' ? value : refusal),
  false,
);

/** Text in a list; a number becomes text, and what is missing is no entry. */
export const listedText = schemaOf<z.ZodMiniString>(
  (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : refusal),
  false,
);

/** A number that may arrive as text; undefined when missing, null or empty. */
export const count = schemaOf<z.ZodMiniOptional<z.ZodMiniNumber>>(readCount, true);

/** A boolean that may arrive as text in any case; undefined when missing, null or empty. */
export const flag = schemaOf<z.ZodMiniOptional<z.ZodMiniBoolean>>(readFlag, true);

function readText(value: unknown): unknown {
  if (typeof value === 'string' || value === undefined) return value;
  if (value === null) return undefined;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : refusal;
}

function readCount(value: unknown): unknown {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return Number.isFinite(number) ? number : refusal;
}

function readFlag(value: unknown): unknown {
  if (typeof value === 'boolean' || value === undefined) return value;
  if (value === null || value === '') return undefined;
  const lower = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return lower === 'true' ? true : lower === 'false' ? false : refusal;
}

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
 * where a single item may stand without a list). Missing, null, empty text and `{}` are the empty list. What cannot be
 * read of it is left out and counted (`droppedFrom`).
 */
export function list<T extends z.ZodMiniType>(item: T, wrapper?: string) {
  const { read } = readerOf(item);
  return schemaOf<z.ZodMiniArray<T>>((value) => readAll(toList(value, wrapper), read), true);
}

function readAll(values: readonly unknown[], read: Read): readonly unknown[] {
  let changed: unknown[] | undefined;
  let dropped = 0;
  // By index: this is where a listing spends its time.
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    const known = read(value);
    if (known !== value) changed ??= values.slice(0, index);
    if (known instanceof Refusal) dropped++;
    else changed?.push(known);
  }
  if (dropped > 0 && changed !== undefined) noteDropped(changed, dropped);
  return changed ?? values;
}

function toList(value: unknown, wrapper: string | undefined): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === undefined || value === null || value === '') return [];
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
 * `JSON.parse`.
 */
export function object<S extends z.core.$ZodLooseShape>(shape: S) {
  const fields = Object.entries<z.core.$ZodType>(shape).map(([name, field]) => ({ name, ...readerOf(field) }));
  const others = fields.filter(({ read }) => read !== readText);
  const texts = fields.filter(({ read }) => read === readText).map(({ name }) => name);
  // Plain loops, and the most common check in place: this runs for each field of each record of a listing.
  const read = (value: unknown): unknown => {
    if (!isPlain(value)) return refusal;
    let draft: Draft | undefined;
    for (const name of texts) {
      const raw = value[name];
      if (typeof raw !== 'string' && raw !== undefined) (draft ??= new Draft(value)).put(name, raw, readText(raw));
    }
    for (const field of others) {
      const { name } = field;
      const raw = value[name];
      const known = field.read(raw);
      if (known === raw) continue;
      if (known instanceof Refusal && !field.isOptional) return new Refusal([name, ...known.path]);
      (draft ??= new Draft(value)).put(name, raw, known);
    }
    return draft === undefined ? value : draft.record;
  };
  return schemaOf<z.ZodMiniObject<S, z.core.$loose>>(read, false);
}

/** A copy of a record in which something is not as it came. */
class Draft {
  readonly record: Record<string, unknown>;

  constructor(value: Record<string, unknown>) {
    this.record = { ...value };
  }

  put(name: string, raw: unknown, known: unknown): void {
    const isRefused = known instanceof Refusal;
    this.record[name] = isRefused ? undefined : known;
    if (isRefused || (Array.isArray(known) && wasAnyDropped(known))) markUnreadable(this.record, name, raw);
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A nested object, or undefined when it is missing, null or empty text (as an empty XML element is). */
export function optionalObject<T extends z.ZodMiniType>(inner: T) {
  const { read } = readerOf(inner);
  const readInner = (value: unknown): unknown =>
    value === undefined || value === null || value === '' ? undefined : read(value);
  return schemaOf<z.ZodMiniOptional<T>>(readInner, true);
}
