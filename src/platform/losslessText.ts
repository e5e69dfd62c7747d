import { isUtf8 } from 'node:buffer';

const lineFeed = 0x0a;
const halves = /\p{Cs}/u;

/**
 * Text of bytes that should be UTF-8, from which the same bytes can be made again whatever they are: in a line that
 * is not UTF-8, each byte beyond ASCII stands as half a surrogate, which no UTF-8 has.
 */
export function decodeLossless(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const parts: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found + 1;
    const line = bytes.subarray(start, end);
    parts.push(isUtf8(line) ? line.toString('utf8') : escaped(line));
    start = end;
  }
  return parts.join('');
}

/** The bytes of such a text. */
export function encodeLossless(text: string): Buffer {
  if (!halves.test(text)) return Buffer.from(text, 'utf8');
  const lines = text.split(/(?<=\n)/);
  return Buffer.concat(lines.map((line) => (halves.test(line) ? unescaped(line) : Buffer.from(line, 'utf8'))));
}

function escaped(line: Buffer): string {
  return line.toString('latin1').replace(/[\x80-\xff]/g, (c) => String.fromCharCode(0xdc00 + c.charCodeAt(0)));
}

function unescaped(line: string): Buffer {
  return Buffer.from(
    line.replace(/[\udc80-\udcff]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xdc00)),
    'latin1',
  );
}
