import { setMaxListeners } from 'node:events';

/** A long run waits for one signal in many places at once; Node takes more than ten for a leak and says so. */
export function allowManyListeners(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
