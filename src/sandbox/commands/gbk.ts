let codes: ReadonlyMap<string, number> | undefined;

/** The bytes of a text in GBK; what it cannot say becomes a question mark. Node only knows the way back. */
export function toGbk(text: string): Buffer {
  codes ??= table();
  const bytes: number[] = [];
  for (const c of text) {
    const code = c.charCodeAt(0) < 0x80 ? c.charCodeAt(0) : (codes.get(c) ?? 0x3f);
    if (code > 0xff) bytes.push(code >> 8, code & 0xff);
    else bytes.push(code);
  }
  return Buffer.from(bytes);
}

function table(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gbk');
  const found = new Map<string, number>();
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const c = decoder.decode(Uint8Array.of(high, low));
      if (c.length === 1 && c !== '\ufffd') found.set(c, high * 256 + low);
    }
  return found;
}
