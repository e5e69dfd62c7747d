import { plainOf, type Plain } from './secretSpelling';

/** What stands where a secret stood. */
export const redacted = '***';

/** Shorter secrets would stand for ordinary words. */
const shortest = 6;
/** What of a secret must be left in its plain spelling for it to be looked for in that. */
const shortestPlain = 6;

/**
 * The text without the given secrets, however they are written: percent-encoded to any depth, escaped as JSON or XML,
 * split by line breaks, in other case, as Base64 or in hexadecimal, also as a part of something longer.
 */
export function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= shortest);
  if (known.length === 0 || text.length < shortest) return text;
  const plain = plainOf(text);
  const ranges = known.flatMap((secret) => [...rangesOf(secret, text, plain)]);
  const without = cutOut(text, ranges);
  // The longest first: a shorter one may be a part of it.
  return known
    .filter((secret) => plainOf(secret).text.length < shortestPlain)
    .sort((a, b) => b.length - a.length)
    .reduce((result, secret) => result.replace(anyForm(secret), redacted), without);
}

/** A copy of plain data without the given secrets in any of its texts. */
export function dataWithoutSecrets(data: unknown, secrets: readonly string[]): unknown {
  if (typeof data === 'string') return withoutSecrets(data, secrets);
  if (Array.isArray(data)) return data.map((one) => dataWithoutSecrets(one, secrets));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, inner]) => [name, dataWithoutSecrets(inner, secrets)]));
}

type Range = readonly [start: number, end: number];

function* rangesOf(secret: string, text: string, plain: Plain): Iterable<Range> {
  // As it is: what stands before or behind it can look like a part of an escape.
  for (const at of placesOf(secret, text)) yield [at, at + secret.length];
  const needle = plainOf(secret).text;
  if (needle.length >= shortestPlain)
    for (const at of placesOf(needle, plain.text)) yield plain.original(at, at + needle.length);
  const encoded = plain.text.replaceAll('-', '+').replaceAll('_', '/');
  for (const code of codesOf(secret))
    for (const at of placesOf(code, encoded)) yield wholeCode(plain.original(at, at + code.length), text);
}

function* placesOf(needle: string, text: string): Iterable<number> {
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) yield at;
}

/** What of the secret's Base64 is the same whatever stands around it, for each place in a group of three; and its hex. */
function codesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const codes = [0, 1, 2].map((offset) => {
    const code = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return code.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)).toLowerCase();
  });
  return [...codes, bytes.toString('hex')].filter((code) => code.length >= shortestCode);
}

/** Shorter codes could stand somewhere by chance. */
const shortestCode = 7;

/** With what is encoded around it: the next few characters tell a part of the secret. */
function wholeCode([start, end]: Range, text: string): Range {
  const before = /[\w+/-]{0,4}$/.exec(text.slice(Math.max(0, start - 4), start))?.[0] ?? '';
  const behind = /^[\w+/-]{0,4}={0,2}/.exec(text.slice(end, end + 6))?.[0] ?? '';
  return [start - before.length, end + behind.length];
}

function cutOut(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let kept = 0;
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    if (end <= kept) continue;
    // What overlaps what was cut out already is a part of it.
    if (start >= kept) parts.push(text.slice(kept, start), redacted);
    kept = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}

/** Backslashes before a character; bounded, so that no text makes matching slow. */
const escapes = '(?:\\\\|%(?:25){0,4}5[cC]){0,8}';

/** Matches a secret however its characters are written: for those of which next to nothing is left in plain spelling. */
function anyForm(secret: string): RegExp {
  const parts = secret.match(/\\+|[^\\]/gu) ?? [];
  return new RegExp(parts.map(formsOf).join(''), 'gu');
}

/** One character (or a run of backslashes) as it is, percent-encoded, or escaped in JSON or XML. */
function formsOf(part: string): string {
  if (/^[\w-]$/.test(part)) return part;
  const percent = Array.from(
    new TextEncoder().encode(part),
    (byte) => `%(?:25){0,4}${anyCase(byte.toString(16).padStart(2, '0'))}`,
  );
  if (part.startsWith('\\')) return `(?:(?<!\\\\)\\\\{${part.length},}|(?:${percent.join('')})+)`;
  const units = Array.from({ length: part.length }, (_, i) => part.charCodeAt(i).toString(16).padStart(4, '0'));
  const forms = [
    part === '%' ? '%(?:25){0,4}' : literal(part),
    percent.join(''),
    units.map((unit) => `u${anyCase(unit)}`).join('\\\\+'),
    `&(?:amp;)*#(?:${part.codePointAt(0) ?? 0}|x0*${anyCase((part.codePointAt(0) ?? 0).toString(16))});`,
    ...(names.get(part) ?? []),
  ];
  return `${escapes}(?:${forms.join('|')})`;
}

/** Characters with an escape of their own in JSON, XML or a form. */
const names: ReadonlyMap<string, readonly string[]> = new Map([
  [' ', ['\\+']],
  ['"', ['&(?:amp;)*quot;']],
  ["'", ['&(?:amp;)*apos;']],
  ['&', ['&(?:amp;)+']],
  ['<', ['&(?:amp;)*lt;']],
  ['>', ['&(?:amp;)*gt;']],
  ['\b', ['b']],
  ['\f', ['f']],
  ['\n', ['n']],
  ['\r', ['r']],
  ['\t', ['t']],
]);

function literal(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (c) => `[${c}${c.toUpperCase()}]`);
}
