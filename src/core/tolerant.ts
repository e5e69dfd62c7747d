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

/** What an answer is read by: one of the schemas below, or one of zod's. */
export interface AnswerSchema<T = unknown> {
  parse(value: unknown): T;
  safeParse(value: unknown): ReadResult<T>;
}

type ReadResult<T> =
  | { readonly success: true; readonly data: T; readonly error?: undefined }
  | { readonly success: false; readonly data?: undefined; readonly error: Mismatch };

interface Mismatch extends Error {
  readonly issues: readonly { readonly path: readonly PropertyKey[] }[];
}

/** What comes out of a schema. */
export type ReadBy<S> = S extends AnswerSchema<infer T> ? T : never;

/** The form of an answer is not what was expected, at this path. */
class Unreadable extends Error implements Mismatch {
  readonly issues: Mismatch['issues'];

  constructor(path: readonly string[]) {
    super(`Unreadable at "${path.join('.')}".`);
    this.issues = [{ path }];
  }
}

/**
 * A schema whose type is for the checked answer: what comes out of `read` is what it says, the readers below see to it.
 * Not one of zod's, and worked out with the first answer: nearly all that are declared are never used in a session.
 */
class TolerantSchema<T> implements AnswerSchema<T>, Reader {
  private known: Read | undefined;

  constructor(
    private readonly prepare: () => Read,
    readonly isOptional: boolean,
  ) {}

  get read(): Read {
    return (this.known ??= this.prepare());
  }

  parse(value: unknown): T {
    const result = this.safeParse(value);
    if (result.success) return result.data;
    throw result.error;
  }

  safeParse(value: unknown): ReadResult<T> {
    const read = this.read(value);
    if (read instanceof Refusal) return { success: false, error: new Unreadable(read.path) };
    return { success: true, data: read as T };
  }
}

const leaves = new WeakMap<object, Reader>();

/** A schema of a single value, which can also stand in one of zod's own. */
function leaf<T extends z.ZodMiniType>(read: Read, isOptional: boolean): T {
  const transform = z.transform((input: unknown, context): unknown => {
    const value = read(input);
    if (!(value instanceof Refusal)) return value;
    context.issues.push({ code: 'custom', message: 'Unreadable', path: [], input });
    return z.NEVER;
  });
  const schema = z.pipe(transform, z.optional(z.any())) as unknown as T;
  leaves.set(schema, { read, isOptional });
  return schema;
}

function readerOf(schema: AnswerSchema): Reader {
  if (schema instanceof TolerantSchema) return schema;
  const known = leaves.get(schema);
  if (known !== undefined) return known;
  const read = (value: unknown): unknown => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : refusal;
  };
  return { read, isOptional: false };
}

type OptionalText = z.ZodMiniOptional<z.ZodMiniString>;

/** Text, or undefined when it is missing or null. Numbers and booleans become text. */
export const text = leaf<OptionalText>(readText, true);

/** Text that must be there and not be empty. A number may have lost digits on its way, so it is nobody's id. */
export const requiredText = leaf<z.ZodMiniString>(
  (value) => (typeof value === 'string' && value !== '' ? value : refusal),
  false,
);

/** Text in a list; a number becomes text, and what is missing is no entry. */
export const listedText = leaf<z.ZodMiniString>(
  (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : refusal),
  false,
);

/** A number that may arrive as text; undefined when missing, null or empty. */
export const count = leaf<z.ZodMiniOptional<z.ZodMiniNumber>>(readCount, true);

/** A boolean that may arrive as text in any case; undefined when missing, null or empty. */
export const flag = leaf<z.ZodMiniOptional<z.ZodMiniBoolean>>(readFlag, true);

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
export function viewOf<S extends AnswerSchema>(_schema: S): (value: unknown) => ReadBy<S> {
  // What reaches a cloud's readers came out of the response schema of its operation and nowhere else.
  return (value) => value as ReadBy<S>;
}

/**
 * A list, flat (`Instances: [...]`) or wrapped (`Instances: {Instance: [...]}`, as old operations and XML have it,
 * where a single item may stand without a list). Missing, null, empty text and `{}` are the empty list. What cannot be
 * read of it is left out and counted (`droppedFrom`).
 */
export function list<S extends AnswerSchema>(item: S, wrapper?: string): AnswerSchema<ReadBy<S>[]> {
  const prepare = (): Read => {
    const { read } = readerOf(item);
    return (value) => readAll(toList(value, wrapper), read);
  };
  return new TolerantSchema<ReadBy<S>[]>(prepare, true);
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

type Shape = Readonly<Record<string, AnswerSchema>>;

type Optional<S extends Shape> = { [K in keyof S]: undefined extends ReadBy<S[K]> ? K : never }[keyof S];

/** The named fields as they are read, and every other as it came. */
type ReadObject<S extends Shape> = { [K in Exclude<keyof S, Optional<S>>]: ReadBy<S[K]> } & {
  [K in Optional<S>]?: ReadBy<S[K]>;
} & Record<string, unknown>;

/**
 * An object of which only the named fields matter; every other field is kept as it came. Records that already have
 * the expected types, as nearly all do, are passed on as they are: a listing is read at little more than the cost of
 * `JSON.parse`.
 */
export function object<S extends Shape>(shape: S): AnswerSchema<ReadObject<S>> {
  return new TolerantSchema<ReadObject<S>>(() => readFields(shape), false);
}

function readFields(shape: Shape): Read {
  const fields = Object.entries(shape).map(([name, field]) => fieldOf(name, readerOf(field)));
  const others = fields.filter(({ read }) => read !== readText);
  const texts = fields.filter(({ read }) => read === readText).map(({ name }) => name);
  // Plain loops, and the most common check in place: this runs for each field of each record of a listing.
  return (value) => {
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
}

function fieldOf(name: string, { read, isOptional }: Reader): Reader & { readonly name: string } {
  return { name, read, isOptional };
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
export function optionalObject<S extends AnswerSchema>(inner: S): AnswerSchema<ReadBy<S> | undefined> {
  const prepare = (): Read => {
    const { read } = readerOf(inner);
    return (value) => (value === undefined || value === null || value === '' ? undefined : read(value));
  };
  return new TolerantSchema<ReadBy<S> | undefined>(prepare, true);
}
