import { createHash } from 'node:crypto';

/** An id that nothing else of the sandbox has: the same calls in the same order give the same ids. */
export function newId(prefix: string, region: string, number: number): string {
  const print = createHash('sha256').update(`${prefix}/${region}/${number}`).digest('hex');
  return `${prefix}${BigInt(`0x${print.slice(0, 20)}`)
    .toString(36)
    .padStart(16, '0')
    .slice(0, 16)}`;
}
