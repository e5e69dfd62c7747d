import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 50;

/** Asks again until the answer is something; what VS Code shows or does has no other event. */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  timeoutMs = 15_000,
): Promise<Exclude<NonNullable<T>, false>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await probe();
    // What is left of the type once these three are ruled out.
    if (answer !== undefined && answer !== null && answer !== false) return answer as Exclude<NonNullable<T>, false>;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}.`);
    await delay(pollMs);
  }
}
