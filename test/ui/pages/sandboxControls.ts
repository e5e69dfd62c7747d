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
export interface SandboxTable {
  readonly provider: Cloud;
  readonly region: string;
  readonly kind: KindName;
}

type Stored = Readonly<Record<string, unknown>>;
type State = Readonly<Record<Cloud, Readonly<Record<string, Readonly<Record<KindName, readonly Stored[]>>>>>>;

const destructive = ['DeregisterManagedInstance', 'DeleteActivation', 'DeleteInstances', 'DeleteInstance'];
const idFields = { managedInstance: 'InstanceId', activation: 'ActivationId', instance: 'InstanceId' } as const;

export const hangzhouHosts: SandboxTable = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'managedInstance' };

/** The sandbox by its controls: what it was asked, what it holds, what goes wrong in it. */
export class SandboxControls {
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

  /** What a table holds, as the cloud would tell it. */
  async records({ provider, region, kind }: SandboxTable): Promise<readonly Stored[]> {
    const state = (await this.get('state')) as State;
    return state[provider][region]?.[kind] ?? [];
  }

  async names(table: SandboxTable): Promise<string[]> {
    return (await this.records(table)).map((record) => String(record['InstanceName']));
  }

  /** The id of the one thing of this name. */
  async idOf(table: SandboxTable, name: string): Promise<string> {
    const found = (await this.records(table)).filter((record) => record['InstanceName'] === name);
    if (found.length !== 1) throw new Error(`${found.length} things are named "${name}" in ${table.region}.`);
    return String(found[0]?.[idFields[table.kind]]);
  }

  /** Takes something away behind everybody's back. */
  async takeAway(table: SandboxTable, name: string): Promise<void> {
    await this.post('state', { ...table, id: await this.idOf(table, name) });
  }

  /** Edits a record behind everybody's back. */
  async edit(table: SandboxTable, name: string, set: Stored): Promise<void> {
    await this.post('state', { ...table, id: await this.idOf(table, name), set });
  }

  /** From now on the host answers scripts in this way. */
  async behaves(table: SandboxTable, name: string, behaviour: Stored): Promise<void> {
    const { provider, region } = table;
    await this.post('host', { provider, region, id: await this.idOf(table, name), behaviour });
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
