/**
 * Turns parameters into the flat names both clouds use: lists become `Name.1`, `Name.2`, objects `Name.Key`.
 * Undefined and null are not sent; empty text is. Booleans are `true`/`false`, numbers decimal.
 */
export function flattenParams(params: Readonly<Record<string, unknown>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) add(flat, name, value);
  return flat;
}

function add(flat: Record<string, string>, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => add(flat, `${name}.${index + 1}`, item));
  } else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) add(flat, `${name}.${key}`, item);
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    flat[name] = String(value);
  } else {
    throw new TypeError(
      `Parameter ${name} is a ${typeof value}; only text, numbers, booleans, lists and objects can be sent.`,
    );
  }
}
