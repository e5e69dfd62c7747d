import type * as zlibModule from 'node:zlib';

type Zlib = Pick<typeof zlibModule, 'gunzip' | 'inflate' | 'inflateRaw' | 'brotliDecompress'>;
type Decode = (
  zlib: Zlib,
) => (bytes: Buffer, options: object, done: (error: Error | null, result: Buffer) => void) => void;

/** What gateways compress with although nobody asked for it; `deflate` comes with and without a head of its own. */
const decoders: Readonly<Record<string, readonly Decode[]>> = {
  gzip: [(zlib) => zlib.gunzip],
  'x-gzip': [(zlib) => zlib.gunzip],
  deflate: [(zlib) => zlib.inflate, (zlib) => zlib.inflateRaw],
  br: [(zlib) => zlib.brotliDecompress],
};

/**
 * The bytes of an answer as they were before they were compressed. What is named compressed and is not, or in a way
 * that nobody knows, stays as it came. Rejects when more than `maxBytes` would come out.
 */
export async function decoded(bytes: Buffer, coding: string, maxBytes: number): Promise<Buffer> {
  let result = bytes;
  for (const name of coding
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .reverse()) {
    if (name === '' || name === 'identity') continue;
    const ways = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
    if (ways === undefined) return bytes;
    const next = await firstThatFits(ways, result, maxBytes);
    if (next === undefined) return bytes;
    result = next;
  }
  return result;
}

async function firstThatFits(
  ways: readonly Decode[],
  bytes: Buffer,
  maxOutputLength: number,
): Promise<Buffer | undefined> {
  const zlib = await import('node:zlib');
  for (const way of ways) {
    const result = await new Promise<Buffer | Error>((resolve) =>
      way(zlib)(bytes, { maxOutputLength }, (error, text) => resolve(error ?? text)),
    );
    if (!(result instanceof Error)) return result;
    if ('code' in result && result.code === 'ERR_BUFFER_TOO_LARGE') throw result;
  }
  return undefined;
}
