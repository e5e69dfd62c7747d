import type * as z from 'zod/mini';
import type { Operation, ParamsSchema } from './operation';

/**
 * The way back of `flattenParams`: puts flat text parameters (`InstanceId.1=…`, `Force=true`) into the shape of the
 * operation's parameters, so that its schema can judge them. Numbers and booleans are read where the schema has them;
 * what cannot be read stays text, and names the schema does not know stay as they are: both are then refused by it.
 * Common parameters (`Action`, `Signature`, …) must have been taken out before.
 */
export function parseParams(operation: Operation, flat: Readonly<Record<string, string>>): Record<string, unknown> {
  const tree: Branch = new Map();
  for (const [name, value] of Object.entries(flat)) plant(tree, name.split('.'), value);
  return shapeObject(operation.params, tree);
}

type Branch = Map<string, Branch | string>;

function plant(tree: Branch, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const next = tree.get(name);
  const branch: Branch = typeof next === 'object' ? next : new Map<string, Branch | string>();
  tree.set(name, branch);
  plant(branch, rest, value);
}

function shapeObject(schema: ParamsSchema, tree: Branch): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, node] of tree) {
    // zod types the members of a shape by their core, which the shape of a mini object always extends.
    const member = schema.shape[name] as z.ZodMiniType | undefined;
    result[name] = member === undefined ? plain(node) : shape(member, node);
  }
  return result;
}

function shape(schema: z.ZodMiniType, node: Branch | string): unknown {
  const bare = unwrap(schema);
  if (node instanceof Map) {
    if (isArray(bare)) return inOrder(node).map((item) => shape(bare.def.element as z.ZodMiniType, item));
    return isObject(bare) ? shapeObject(bare, node) : plain(node);
  }
  if (bare.def.type === 'number') return /^-?\d+(\.\d+)?$/.test(node) ? Number(node) : node;
  if (bare.def.type === 'boolean') return toBoolean(node);
  return node;
}

/** The schema inside `optional`. */
function unwrap(schema: z.ZodMiniType): z.ZodMiniType {
  return isOptional(schema) ? unwrap(schema.def.innerType as z.ZodMiniType) : schema;
}

function isOptional(schema: z.ZodMiniType): schema is z.ZodMiniOptional {
  return schema.def.type === 'optional';
}

function isArray(schema: z.ZodMiniType): schema is z.ZodMiniArray {
  return schema.def.type === 'array';
}

function isObject(schema: z.ZodMiniType): schema is z.ZodMiniObject {
  return schema.def.type === 'object';
}

/** `Name.1`, `Name.2` … `Name.10` in the order of their numbers. */
function inOrder(branch: Branch): (Branch | string)[] {
  return [...branch].sort(([a], [b]) => Number(a) - Number(b)).map(([, node]) => node);
}

function toBoolean(text: string): boolean | string {
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : text;
}

function plain(node: Branch | string): unknown {
  if (typeof node === 'string') return node;
  return Object.fromEntries([...node].map(([name, value]) => [name, plain(value)]));
}
