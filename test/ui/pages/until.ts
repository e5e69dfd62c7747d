import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 50;

/** Asks again until the answer is neither `undefined` nor `false`; what the workbench shows has no other event. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}.`);
    }
    await delay(pollMs);
  }
}
