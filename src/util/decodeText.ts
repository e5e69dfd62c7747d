/**
 * The text of a file, a program or an answer that is not ours: UTF-8 with or without a byte order mark, UTF-16 of
 * either order with one, as Windows' own tools write it. The mark is not part of the text. Never throws: text in
 * another encoding comes out damaged, and `isBinary` tells what is no text at all.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, second] = buffer;
  if (first === 0xff && second === 0xfe) return buffer.toString('utf16le', 2);
  if (first === 0xfe && second === 0xff) {
    const even = buffer.length - (buffer.length % 2);
    return Buffer.from(buffer.subarray(2, even)).swap16().toString('utf16le');
  }
  return withoutMark(buffer.toString('utf8'));
}

/** Text that others decoded, without the byte order mark that may still stand before it. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Whether there are null bytes in it: none of the formats read here has any, but UTF-16 without a mark is full of them. */
export function isBinary(text: string): boolean {
  return text.includes('\0');
}
