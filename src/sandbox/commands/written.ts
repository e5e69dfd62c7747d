import type { Piece } from './execution';
import { toGbk } from './gbk';

/** What a host has said up to a moment, as the cloud keeps it. */
export interface Written {
  readonly output: Buffer;
  readonly dropped: number;
}

/** The output up to `ms` after the start; of what is too long the end is kept. */
export function bytesWritten(
  pieces: readonly Piece[],
  ms: number,
  { limit, gbk }: { readonly limit: number; readonly gbk: boolean },
): Written {
  const parts = pieces
    .filter(({ atMs }) => atMs <= ms)
    .map(({ text, isBytes }) =>
      isBytes === true ? Buffer.from(text, 'latin1') : gbk ? toGbk(text) : Buffer.from(text),
    );
  const all = Buffer.concat(parts);
  const dropped = Math.max(0, all.length - limit);
  return { output: all.subarray(dropped), dropped };
}
