/** A stretch of decoded text and where it stood before: copied as it was, or decoded from an escape. */
interface Piece {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly isCopy: boolean;
}

/** A text with its escapes undone, and the way back to it. */
export interface Plain {
  readonly text: string;
  /** The part of the original text that a part of this one was written as. */
  readonly original: (start: number, end: number) => readonly [start: number, end: number];
}

/** More layers than this are no text that anybody wrote. */
const mostLayers = 8;

/**
 * The text as it reads when everything that spells the same differently is undone, layer by layer: percent-encoding,
 * escapes of JSON and XML, line breaks and what indents after them, capitals, and a plus for a space. Two texts that
 * spell one thing become the same. Takes time in proportion to the text.
 */
export function plainOf(text: string): Plain {
  const layers: (readonly Piece[])[] = [];
  let result = text;
  while (layers.length < mostLayers && special.test(result)) {
    const layer = decode(result);
    if (layer === undefined) break;
    layers.unshift(layer.pieces);
    result = layer.text;
  }
  return {
    text: lower(result).replaceAll(' ', '+'),
    original: (start, end) =>
      layers.reduce<readonly [number, number]>((range, pieces) => before(range, pieces), [start, end]),
  };
}

/** What ends a line, sets apart or is not seen: text that was wrapped or marked on its way has it in between. */
const between = '\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff';
const special = new RegExp(`[%\\\\&${between}]|<br`, 'i');
const escape = new RegExp(
  [
    '(?:%(?:25)*[0-9a-f]{2})+',
    '\\\\+(?:u[0-9a-f]{4}|u\\{[0-9a-f]{1,6}\\}|x[0-9a-f]{2}|[nrtbf])?',
    '&(?:amp;)*(?:#\\d{1,7};|#x[0-9a-f]{1,6};|quot;|apos;|lt;|gt;)',
    '&(?:amp;)+',
    `(?:[${between}]|<br ?/?>)+[ \\t]*`,
  ].join('|'),
  'gi',
);
const single = new RegExp(`^[${between}]$`);
const byte = /%(?:25)*([0-9a-f]{2})/gi;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const names: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>' };

/** Undoes one layer; undefined where there is none. */
function decode(text: string): { readonly text: string; readonly pieces: readonly Piece[] } | undefined {
  const pieces: Piece[] = [];
  const parts: string[] = [];
  let at = 0;
  const add = (part: string, from: number, to: number, isCopy: boolean): void => {
    if (part === '') return;
    pieces.push({ at, from, to, isCopy });
    parts.push(part);
    at += part.length;
  };
  let copied = 0;
  for (const match of text.matchAll(escape)) {
    const [found] = match;
    add(text.slice(copied, match.index), copied, match.index, true);
    copied = match.index + found.length;
    if (found.startsWith('%')) for (const { part, from, to } of bytesIn(found, match.index)) add(part, from, to, false);
    else add(meaning(found), match.index, copied, false);
  }
  if (copied === 0) return undefined;
  add(text.slice(copied), copied, text.length, true);
  return { text: parts.join(''), pieces };
}

/** What an escape of JSON or XML stands for; a line break is nothing. */
function meaning(found: string): string {
  if (found.startsWith('\\')) {
    const unit = /[ux]\{?([0-9a-f]+)\}?$/i.exec(found)?.[1];
    return unit === undefined ? '' : character(parseInt(unit, 16));
  }
  if (!found.startsWith('&')) return '';
  const [, hex, decimal, name = ''] = /(?:#x([0-9a-f]+)|#(\d+)|(quot|apos|lt|gt));$/i.exec(found) ?? [];
  if (hex !== undefined) return character(parseInt(hex, 16));
  return decimal === undefined ? (names[name.toLowerCase()] ?? '&') : character(Number(decimal));
}

function character(code: number): string {
  return code > 0x10ffff ? '' : withoutBreak(String.fromCodePoint(code));
}

/** A character, unless it is one that stands between others and is nothing itself. */
function withoutBreak(text: string): string {
  return single.test(text) ? '' : text;
}

interface Decoded {
  readonly part: string;
  readonly from: number;
  readonly to: number;
}

/** The characters that a run of percent-encoded bytes stands for. */
function* bytesIn(run: string, offset: number): Iterable<Decoded> {
  const all = Array.from(run.matchAll(byte), (match) => ({
    value: parseInt(match[1] ?? '', 16),
    from: offset + match.index,
    to: offset + match.index + match[0].length,
  }));
  for (let i = 0; i < all.length;) {
    const first = all[i];
    if (first === undefined) return;
    const some = all.slice(i, i + lengthOf(first.value));
    const part =
      some.length === 1 && first.value < 0x80
        ? String.fromCharCode(first.value)
        : utf8.decode(Uint8Array.from(some, ({ value }) => value));
    yield { part: withoutBreak(part), from: first.from, to: some.at(-1)?.to ?? first.to };
    i += some.length;
  }
}

/** How many bytes a character of UTF-8 has that begins with this one. */
function lengthOf(first: number): number {
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
}

/** Where a range stood before a layer was undone. */
function before([start, end]: readonly [number, number], pieces: readonly Piece[]): readonly [number, number] {
  const first = pieceAt(start, pieces);
  const last = pieceAt(end - 1, pieces);
  if (first === undefined || last === undefined) return [start, end];
  return [first.isCopy ? first.from + start - first.at : first.from, last.isCopy ? last.from + end - last.at : last.to];
}

function pieceAt(position: number, pieces: readonly Piece[]): Piece | undefined {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.at ?? Infinity) <= position) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}

/** Letters of ASCII only: others change their number or their form with what stands around them. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
