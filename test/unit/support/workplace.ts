import { CallEngine } from '../../../src/client/callEngine';
import { CloudClient } from '../../../src/client/cloudClient';
import { Rehearser } from '../../../src/client/rehearser';
import { defaultRetryPolicy } from '../../../src/client/retry';
import { Sender } from '../../../src/client/sender';
import { createThrottle } from '../../../src/client/throttle';
import type { Transport } from '../../../src/client/transport';
import type { Account, ProviderId } from '../../../src/core/account';
import type { Exchange } from '../../../src/core/exchange';
import type { Answer } from '../../../src/core/input';
import type { Provider } from '../../../src/core/provider';
import type { Target } from '../../../src/core/target';
import type { Accounts, Clouds } from '../../../src/services/accounts/ports';
import { AccountGuard } from '../../../src/services/actions/accountGuard';
import { Gate } from '../../../src/services/actions/gate';
import type { Plan } from '../../../src/services/actions/plan';
import { Planner } from '../../../src/services/actions/planner';
import type {
  Confirmation,
  Instead,
  Progress,
  Prompter,
  Question,
  TypedConfirmation,
} from '../../../src/services/actions/ports';
import { checkSafetyPolicy } from '../../../src/services/actions/safetyPolicy';
import { Inventory } from '../../../src/services/inventory/inventory';
import { Journal, type JournalRecord } from '../../../src/services/journal/journal';
import { Emitter } from '../../../src/util/lifecycle';
import { FakeClock } from './fakeClock';
import { FakeCloud, fakeProvider } from './fakeCloud';

/** A person who answers as told and remembers everything that was asked. */
export class FakePerson implements Prompter {
  answer: 'run' | 'review' | 'cancel' = 'run';
  typesIt = true;
  readonly asked: Plan[] = [];
  readonly typed: TypedConfirmation[] = [];
  readonly told: string[] = [];
  readonly steps: { readonly done: number; readonly total: number; readonly text: string }[] = [];
  readonly abort = new AbortController();
  onConfirm: () => void = () => undefined;

  withProgress<T>(_title: string, task: (progress: Progress) => Promise<T>): Promise<T> {
    return task({ signal: this.abort.signal, report: (step) => this.steps.push(step) });
  }

  ask(_question: Question): Promise<Answer | undefined> {
    return Promise.resolve(false);
  }

  confirm(plan: Plan): Promise<Confirmation> {
    this.asked.push(plan);
    this.onConfirm();
    return Promise.resolve(this.answer === 'review' ? { want: 'review', plan } : this.answer);
  }

  confirmTyped(request: TypedConfirmation): Promise<boolean> {
    this.typed.push(request);
    return Promise.resolve(this.typesIt);
  }

  explainNothingToDo(plan: Plan): Promise<Instead | undefined> {
    this.asked.push(plan);
    return Promise.resolve(undefined);
  }

  refuse(message: string): Promise<void> {
    this.told.push(message);
    return Promise.resolve();
  }
}

/** Files in memory that can be made to fail. */
export class FakeFiles {
  readonly files = new Map<string, string>();
  failAfter = Infinity;

  list(): Promise<{ name: string; text: string }[]> {
    return Promise.resolve([...this.files].map(([name, text]) => ({ name, text })));
  }

  append(name: string, line: string): Promise<void> {
    if (this.failAfter-- <= 0) return Promise.reject(new Error('disk full'));
    this.files.set(name, (this.files.get(name) ?? '') + line);
    return Promise.resolve();
  }

  records(): JournalRecord[] {
    // The journal under test wrote them.
    return [...this.files.values()]
      .flatMap((text) => text.split('\n').filter(Boolean))
      .map((line) => JSON.parse(line) as JournalRecord);
  }
}

/** Which clouds there are and how they are reached; the cloud in memory unless told otherwise. */
export interface Outside {
  readonly providers: readonly Provider[];
  readonly transport: Transport;
}

/** Everything the gate needs, over a cloud in memory or any other. */
export function createWorkplace(accounts: Account[], env: Readonly<Record<string, string>> = {}, outside?: Outside) {
  const clock = new FakeClock(outside === undefined ? undefined : Date.now());
  const cloud = new FakeCloud();
  const providers = outside?.providers ?? [fakeProvider];
  const person = new FakePerson();
  const files = new FakeFiles();
  const exchanges: Exchange[] = [];
  let serial = 0;
  const newId = (): string => `id-${++serial}`;
  const registry: Accounts = {
    list: () => accounts,
    get: (id) => accounts.find((a) => a.id === id),
    onDidChange: new Emitter<void>().event,
  };
  const provider = (id: ProviderId): Provider => {
    const found = providers.find((p) => p.id === id);
    if (found === undefined) throw new RangeError(id);
    return found;
  };
  const clouds: Clouds = {
    all: providers,
    provider,
    kind: (id, kind) => providers.find((p) => p.id === id)?.kinds.find((k) => k.id === kind),
  };
  const engine = new CallEngine({
    transport: outside?.transport ?? cloud.transport,
    clock,
    nonce: newId,
    random: () => 0.5,
    retry: defaultRetryPolicy,
    timeoutMs: () => 1_000,
    format: () => 'json',
    throttle: createThrottle({ clock, maxInFlight: 8 }),
    onDidCall: (exchange) => exchanges.push(exchange),
  });
  const inventory = new Inventory({
    accounts: registry,
    clouds,
    client: new CloudClient(engine),
    clock,
    language: 'en',
  });
  const rehearser = new Rehearser(engine);
  const journal = new Journal({ files, clock, fileName: 'own.jsonl' });
  const planner = new Planner({
    accounts: registry,
    clouds,
    inventory,
    clock,
    newId,
    policy: (product, action) => checkSafetyPolicy({ read: () => Promise.resolve(undefined), env }, product, action),
    rehearse: (account, place, action, ids, chosen, signal) => {
      const { dryRun } = action.review;
      if (dryRun === undefined) throw new Error('no dry run');
      const { operation, params, passedCodes } = dryRun;
      return rehearser.rehearse(
        {
          provider: provider(account.provider),
          account,
          region: place.region,
          operation,
          params: params(ids, chosen),
          signal,
        },
        passedCodes,
      );
    },
  });
  const gate = new Gate({
    planner,
    prompter: person,
    settings: { typedConfirmationAbove: () => 10 },
    engine: {
      sender: new Sender(engine),
      inventory,
      clouds,
      journal,
      clock,
      newId,
      newGuard: () =>
        new AccountGuard({
          accounts: registry,
          clouds,
          identify: (account, signal) => inventory.identify(account, signal),
        }),
    },
  });
  return { clock, cloud, person, files, exchanges, accounts, engine, inventory, journal, planner, gate };
}

export function target(
  accountId: string,
  region: string,
  id: string,
  kind: Target['kind'] = 'managedInstance',
): Target {
  return { provider: 'alibabaCloud', accountId, region, kind, id };
}
