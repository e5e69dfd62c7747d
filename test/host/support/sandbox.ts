/** One request as the sandbox lists it. */
export interface SeenRequest {
  readonly provider: string;
  readonly action: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly code?: string;
}

export type SandboxRecord = Readonly<Record<string, unknown>>;

const destroying = /^(Deregister|Delete|Release|Terminate)/;

/** The sandbox the runner has started, seen through its controls. */
export const sandbox = {
  /** All requests since the last reset, oldest first. */
  requests: () => order<SeenRequest[]>('requests'),
  /** Those that may take something away; a rehearsal, which only asks, is none of them. */
  destructive: async (): Promise<SeenRequest[]> =>
    (await sandbox.requests()).filter(({ action, params }) => destroying.test(action) && params['DryRun'] !== 'true'),
  /** The fleet as at the start, no requests, no faults. */
  reset: () => order<unknown>('reset', {}),
  setFaults: (...faults: readonly SandboxRecord[]) => order<unknown>('faults', faults),
  /** The first record of a kind in a region that fits. */
  first: async (
    provider: 'alibabaCloud' | 'volcengine',
    region: string,
    kind: string,
    fits: (record: SandboxRecord) => boolean = () => true,
  ): Promise<SandboxRecord> => {
    type State = Record<string, Record<string, Record<string, SandboxRecord[]>>>;
    const record = (await order<State>('state'))[provider]?.[region]?.[kind]?.find(fits);
    if (record === undefined) throw new Error(`The sandbox has no such ${kind} in ${region}.`);
    return record;
  },
};

async function order<T>(name: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${control()}/${name}`, init);
  if (!answer.ok) throw new Error(`The sandbox refused "${name}": ${await answer.text()}`);
  // The sandbox is ours, and its orders are typed where it is written.
  return (await answer.json()) as T;
}

function control(): string {
  // The line is the one the sandbox printed for the runner.
  const { control } = JSON.parse(process.env['CLOUD_ASSISTANT_SANDBOX'] ?? '{}') as { control?: string };
  if (control === undefined) throw new Error('The runner has started no sandbox.');
  return control;
}
