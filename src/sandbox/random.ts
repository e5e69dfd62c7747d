import { createHash } from 'node:crypto';

/** Repeatable chance: the same seed gives the same fleet on every machine. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** True in `share` of the cases, 0 to 1. */
  chance(share: number): boolean;
  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string;
  /** A UUID in upper case, as Alibaba Cloud writes them. */
  uuid(): string;
}

export const base36 = '0123456789abcdefghijklmnopqrstuvwxyz';
export const hex = '0123456789abcdef';

/** A generator (mulberry32) started from the hash of `seed`. Not for secrets. */
export function seededRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const text = (length: number, alphabet: string): string =>
    Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join('');
  return {
    int,
    text,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    chance: (share) => next() < share,
    uuid: () => [8, 4, 4, 4, 12].map((length) => text(length, hex).toUpperCase()).join('-'),
  };
}
