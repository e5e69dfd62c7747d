import type { Statement } from './powershellSyntax';

/** What PowerShell passes around. */
export type Value = string | number | boolean | null | Date | readonly Value[] | Record_ | Block;

export interface Record_ {
  readonly [name: string]: Value;
}

export interface Block {
  readonly block: readonly Statement[];
}

export function isBlock(value: Value | undefined): value is Block {
  return typeof value === 'object' && value !== null && 'block' in value;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isRecord(value: Value | undefined): value is Record_ {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Date) && !isBlock(value);
}

/** The values that a value stands for in a pipeline: those of a list, and none for nothing. */
export function each(value: Value | undefined): readonly Value[] {
  if (value === null || value === undefined) return [];
  return isList(value) ? value.flatMap(each) : [value];
}

/** What comes out of a pipeline: nothing, one value, or a list. */
export function one(values: readonly Value[]): Value {
  return values.length === 0 ? null : values.length === 1 ? (values[0] ?? null) : values;
}

export function textOf(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Date) return value.toISOString();
  if (isList(value)) return value.map(textOf).join(' ');
  if (isRecord(value))
    return `@{${Object.entries(value)
      .map(([name, inner]) => `${name}=${textOf(inner)}`)
      .join('; ')}}`;
  return isBlock(value) ? '' : String(value);
}

/** The lines that a value is shown as. */
export function linesOf(value: Value): string[] {
  if (isList(value)) return value.flatMap(linesOf);
  if (!isRecord(value)) return value === null ? [] : [textOf(value)];
  return Object.entries(value).map(([name, inner]) => `${name} : ${textOf(inner)}`);
}

export function truth(value: Value | undefined): boolean {
  if (isList(value)) return value.length > 1 || truth(value[0]);
  return value !== null && value !== undefined && value !== '' && value !== 0 && value !== false;
}

export function numberOf(value: Value | undefined): number {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'boolean' ? Number(value) : Number(textOf(value).trim() || 0);
}

/** A property whatever the case of its name; of a list, those of its members. */
export function member(target: Value | undefined, name: string): Value {
  if (isList(target))
    return name === 'count' || name === 'length'
      ? target.length
      : one(target.flatMap((inner) => each(member(inner, name))));
  if (typeof target === 'string' && name === 'length') return target.length;
  if (name === 'count') return target === null || target === undefined ? 0 : 1;
  if (!isRecord(target)) return null;
  const found = Object.keys(target).find((key) => key.toLowerCase() === name);
  return found === undefined ? null : (target[found] ?? null);
}
