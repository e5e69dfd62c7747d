/** What a worker measures over many calls of one kind. */
export interface CallFigures {
  /** CPU of the process, user and system, in milliseconds a call. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  /** The largest resident set of the process, in megabytes. */
  readonly peakMb: number;
}

/** Calls `one` often, `inFlight` at a time, after warming up; each call is timed by itself. */
export async function measureCalls(one: () => Promise<unknown>, calls: number, inFlight: number): Promise<CallFigures> {
  for (let i = 0; i < 150; i++) await one();
  const times: number[] = [];
  let left = calls;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const began = performance.now();
      await one();
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const wall = performance.now() - start;
  const used = process.cpuUsage(cpu);
  return {
    cpuMs: (used.user + used.system) / 1_000 / calls,
    wallMs: wall / calls,
    perSecond: (calls / wall) * 1_000,
    p50Ms: median(times),
    peakMb: process.resourceUsage().maxRSS / 1_024,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle ?? Number.NaN;
}

/** Microseconds of CPU an operation takes when it is repeated in this process. */
export function measureLoop(one: () => unknown, rounds: number): number {
  for (let i = 0; i < rounds / 10; i++) one();
  const cpu = process.cpuUsage();
  for (let i = 0; i < rounds; i++) one();
  const used = process.cpuUsage(cpu);
  return (used.user + used.system) / rounds;
}

/** Ends a worker: its figures are its last line. */
export function report(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
}
