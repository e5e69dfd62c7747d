import { visibleText } from './visible';

/**
 * How wide text is where a proportional font draws it, told with a margin: a digit or a small letter is one column, a
 * capital one and a half, a Chinese character or an emoji two.
 */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** On how many lines of `width` columns a text stands: broken at spaces, at any place where there are none. */
export function linesOf(text: string, width: number): number {
  return text.split('\n').reduce((lines, line) => lines + wrapped(line, width), 0);
}

/** The text on one line, with its middle left out where it is wider: names often differ in their ends only. */
export function fitted(text: string, width: number): string {
  const line = visibleText(text);
  if (columnsOf(line) <= width) return line;
  const characters = [...line];
  const tail = taken(characters.toReversed(), width / 3).reverse();
  const head = taken(characters, width - 2 - columnsOf(tail.join('')));
  return `${head.join('')}…${tail.join('')}`;
}

/** The text on one line, with its end left out where it is wider. */
export function shortened(text: string, width: number): string {
  const line = visibleText(text);
  return columnsOf(line) <= width ? line : `${taken([...line], width - 2).join('')}…`;
}

function taken(characters: readonly string[], width: number): string[] {
  let columns = 0;
  const end = characters.findIndex((character) => (columns += widthOf(character)) > width);
  return characters.slice(0, end === -1 ? undefined : end);
}

function wrapped(line: string, width: number): number {
  let lines = 1;
  let column = 0;
  // A Chinese character is a word by itself: a line can break before and after it.
  for (const [word] of line.matchAll(
    /[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]+\s*|\s+/g,
  )) {
    const columns = columnsOf(word.trimEnd());
    if (column > 0 && column + columns > width) {
      lines += 1;
      column = 0;
    }
    lines += Math.max(0, Math.ceil(columns / width) - 1);
    column = columns > width ? columns % width : column + columnsOf(word);
  }
  return lines;
}

const wide =
  /[MW@%…—]|\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{3ffff}]/u;

function widthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < ascii.length ? (ascii[code] ?? 1) : otherWidth(character, code);
}

const ascii = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return wide.test(character) ? 2 : /[A-Zmw]/.test(character) ? 1.5 : 1;
});

function otherWidth(character: string, code: number): number {
  if (wide.test(character)) return 2;
  if (code < 0x250 || (code >= 0x2000 && code < 0x2070)) return /^\p{Lu}$/u.test(character) ? 1.5 : 1;
  // Scripts that we know nothing of are taken for wide ones; marks stand above or below a letter.
  return /^\p{Mn}$/u.test(character) ? 0 : 2;
}
