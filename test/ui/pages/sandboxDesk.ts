import type { RunningSandbox } from '../../workbench/sandbox';

/** One call as the sandbox saw it. */
export interface SandboxRequest {
  readonly provider: string;
  readonly action: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
  readonly status?: number;
}

type Cloud = 'alibabaCloud' | 'volcengine';
type KindName = 'managedInstance' | 'activation' | 'instance';

/** Where in the sandbox something is. */
export interface Shelf {
  readonly provider: Cloud;
  readonly region: string;
  readonly kind: KindName;
}

type Stored = Readonly<Record<string, unknown>>;
type State = Readonly<Record<Cloud, Readonly<Record<string, Readonly<Record<KindName, readonly Stored[]>>>>>>;

const destructive = ['DeregisterManagedInstance', 'DeleteActivation', 'DeleteInstances', 'DeleteInstance'];
const idFields = { managedInstance: 'InstanceId', activation: 'ActivationId', instance: 'InstanceId' } as const;

export const hangzhouHosts: Shelf = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'managedInstance' };

/** The sandbox from behind the counter: what it was asked, what it holds, what goes wrong in it. */
export class SandboxDesk {
  private readonly control: string;

  constructor(sandbox: RunningSandbox | undefined) {
    if (sandbox === undefined) throw new Error('This test needs a sandbox.');
    this.control = sandbox.control;
  }

  async requests(): Promise<SandboxRequest[]> {
    return (await this.get('requests')) as SandboxRequest[];
  }

  /** The calls that would delete something; rehearsals are not among them. */
  async destructive(): Promise<SandboxRequest[]> {
    const all = await this.requests();
    return all.filter(({ action, params }) => destructive.includes(action) && params['DryRun'] !== 'true');
  }

  /** From now on these things go wrong, and nothing else. */
  async faults(...faults: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    await this.post('faults', faults);
  }

  /** What a shelf holds, as the cloud would tell it. */
  async records({ provider, region, kind }: Shelf): Promise<readonly Stored[]> {
    const state = (await this.get('state')) as State;
    return state[provider][region]?.[kind] ?? [];
  }

  async names(shelf: Shelf): Promise<string[]> {
    return (await this.records(shelf)).map((record) => String(record['InstanceName']));
  }

  /** The id of the one thing of this name. */
  async idOf(shelf: Shelf, name: string): Promise<string> {
    const found = (await this.records(shelf)).filter((record) => record['InstanceName'] === name);
    if (found.length !== 1) throw new Error(`${found.length} things are named "${name}" in ${shelf.region}.`);
    return String(found[0]?.[idFields[shelf.kind]]);
  }

  /** Takes something away behind everybody's back. */
  async takeAway(shelf: Shelf, name: string): Promise<void> {
    await this.post('state', { ...shelf, id: await this.idOf(shelf, name) });
  }

  /** Edits a record behind everybody's back. */
  async edit(shelf: Shelf, name: string, set: Stored): Promise<void> {
    await this.post('state', { ...shelf, id: await this.idOf(shelf, name), set });
  }

  private async get(what: string): Promise<unknown> {
    return answerOf(await fetch(`${this.control}/${what}`));
  }

  private async post(what: string, order: unknown): Promise<unknown> {
    return answerOf(await fetch(`${this.control}/${what}`, { method: 'POST', body: JSON.stringify(order) }));
  }
}

async function answerOf(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
