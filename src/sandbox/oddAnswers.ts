import type { Fault } from './faults';

type OddTypes = Extract<Fault, { kind: 'oddTypes' }>['what'];

/** An answer with the types the clouds really send now and then; the meaning stays. */
export function withOddTypes(value: unknown, what: OddTypes): unknown {
  switch (what) {
    case 'countsAsText':
      return mapLeaves(value, (leaf) => (typeof leaf === 'number' || typeof leaf === 'boolean' ? String(leaf) : leaf));
    case 'nulls':
      return withNulls(value);
    case 'wrappedLists':
      return mapMembers(value, wrapList);
    case 'flatLists':
      return mapMembers(value, (_name, member) => unwrapList(member));
    default:
      return unknownShape(what);
  }
}

/** Members no page documents, at the top and in every record. */
export function withExtraFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withExtraFields);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withExtraFields(member)]);
  return { ...Object.fromEntries(members), SandboxFutureField: { Nested: [1, 'two', null] } };
}

function mapLeaves(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change));
  if (typeof value !== 'object' || value === null) return change(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapLeaves(member, change)]));
}

function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(withNulls);
  if (typeof value !== 'object' || value === null) return value === '' ? null : value;
  const members = Object.entries(value).map(([name, member]) => [name, withNulls(member)]);
  return Object.fromEntries(members);
}

/** Rewrites every member of every object, the innermost first. */
function mapMembers(value: unknown, change: (name: string, member: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapMembers(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, change(name, mapMembers(member, change))]);
  return Object.fromEntries(members);
}

/** `Instances: [...]` becomes `Instances: {Instance: [...]}`; what is wrapped already stays. */
function wrapList(name: string, member: unknown): unknown {
  const inner = name.replace(/(List|s)$/, '');
  return Array.isArray(member) && inner !== name ? { [inner]: member } : member;
}

/** `Instances: {Instance: [...]}` becomes `Instances: [...]`. */
function unwrapList(member: unknown): unknown {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
  const members: unknown[] = Object.values(member);
  const [only, ...others] = members;
  return Array.isArray(only) && others.length === 0 ? only : member;
}

function unknownShape(what: never): never {
  throw new Error(`There is no shape ${String(what)}.`);
}
