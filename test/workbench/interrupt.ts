const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const parentCheckMs = 250;

/** Watches for the moment this process is asked to end. */
export interface Interrupt {
  /** Settles when asked; from now on a request no longer ends the process at once. */
  wait(): Promise<void>;
}

/**
 * Until `wait` is called, a request to end does so at once. The end of the parent counts as a request: npm runs
 * scripts through a shell, and a signal for npm may end that shell only.
 */
export function watchForInterrupt(): Interrupt {
  let handle = (): void => process.exit(0);
  const onRequest = () => handle();
  signals.forEach((signal) => process.on(signal, onRequest));
  const parent = process.ppid;
  const timer = setInterval(() => process.ppid !== parent && onRequest(), parentCheckMs);
  timer.unref();
  const wait = () => new Promise<void>((resolve) => (handle = resolve));
  return { wait };
}
