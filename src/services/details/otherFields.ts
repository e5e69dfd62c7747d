import type { Item } from '../../core/item';
import type { Field } from '../../core/kind';

/** A field the cloud sent and no declared field shows. */
export interface OtherField {
  /** The wire name, dotted for nested fields. */
  readonly name: string;
  readonly value: unknown;
}

/**
 * What is in a record beyond the declared fields, so that nothing the cloud said stays hidden. A declared field covers
 * everything below its wire name; objects are opened, lists stay whole.
 */
export function otherFields(item: Item, fields: readonly Field[]): OtherField[] {
  const declared = new Set(fields.map(({ name }) => name));
  return Object.entries(item).flatMap(([name, value]) => leaves(name, value, declared));
}

function leaves(name: string, value: unknown, declared: ReadonlySet<string>): OtherField[] {
  if (declared.has(name) || value === undefined) return [];
  if (!isObject(value) || Object.keys(value).length === 0)
    return isCoveredBelow(name, declared) && isEmpty(value) ? [] : [{ name, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(`${name}.${key}`, inner, declared));
}

/** An object whose fields are declared one by one says nothing more when it is empty. */
function isCoveredBelow(name: string, declared: ReadonlySet<string>): boolean {
  return [...declared].some((one) => one.startsWith(`${name}.`));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (isObject(value) && Object.keys(value).length === 0);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
