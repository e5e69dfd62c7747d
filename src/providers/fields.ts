import type { Item } from '../core/item';
import type { Field, FieldSection } from '../core/kind';

/** A details line read from the record at the wire name, which is dotted for nested fields. */
export function field(
  name: string,
  type: Exclude<Field['type'], 'tags'>,
  label: () => string,
  section?: FieldSection,
): Field {
  const path = name.split('.');
  return { name, type, label, section, value: (item) => readPath(item, path) };
}

/** The details line of a record's tags: pairs of `key` and `value`. */
export function tagsField(label: () => string): Field {
  return { name: 'Tags', type: 'tags', section: 'tags', label, value: (item) => tagsOf(item) };
}

/** The tags of a record, as both `{TagKey, TagValue}` and the older `{Key, Value}` spell them. */
export function tagsOf(item: Item): { readonly key: string; readonly value: string }[] {
  const tags = item['Tags'];
  if (!Array.isArray(tags)) return [];
  return tags.flatMap((tag: unknown) => {
    const key = readPath(tag, ['TagKey']) ?? readPath(tag, ['Key']);
    const value = readPath(tag, ['TagValue']) ?? readPath(tag, ['Value']);
    return typeof key === 'string' ? [{ key, value: typeof value === 'string' ? value : '' }] : [];
  });
}

/** What stands at a path of names; undefined where it ends early. */
export function readPath(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    // Own fields only: names come from our tables, records from the cloud.
    current = Object.hasOwn(current, name) ? (current as Record<string, unknown>)[name] : undefined;
  }
  return current;
}

/** The parts that say something, in order. */
export function present(...parts: readonly (string | undefined)[]): string[] {
  return parts.filter((part): part is string => part !== undefined && part !== '');
}

/** The time an ISO text names, in milliseconds; undefined when it is missing or no time. Never a guess. */
export function timeOf(iso: string | undefined): number | undefined {
  if (iso === undefined || iso === '') return undefined;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}
