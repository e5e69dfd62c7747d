import { setMaxListeners } from 'node:events';
import type { Clock } from './clock';

/** A long run waits for one signal in many places at once; Node takes more than ten for a leak and says so. */
export function allowManyListeners(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}

/** Aborts `ms` after another signal did: what is under way may end, but not go on for long. */
export function abortedAfter(
  signal: AbortSignal,
  { ms, clock }: { readonly ms: number; readonly clock: Clock },
): AbortSignal {
  const later = new AbortController();
  const begin = (): void => void clock.sleep(ms).then(() => later.abort());
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return later.signal;
}
