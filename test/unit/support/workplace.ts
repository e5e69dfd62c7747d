import type { Transport } from '../../../src/client/transport';
import { createEngine, type CallOptions } from '../../../src/compose/calls';
import { composeCore } from '../../../src/compose/core';
import type { Account } from '../../../src/core/account';
import type { Exchange } from '../../../src/core/exchange';
import type { Answer } from '../../../src/core/input';
import type { Provider } from '../../../src/core/provider';
import type { Target } from '../../../src/core/target';
import type { Accounts } from '../../../src/services/accounts/ports';
import type { Plan } from '../../../src/services/actions/plan';
import type {
  Confirmation,
  GoOn,
  Instead,
  Pause,
  Progress,
  Prompter,
  Question,
  Review,
  Several,
  TypedConfirmation,
} from '../../../src/services/actions/ports';
import { checkSafetyPolicy } from '../../../src/services/actions/safetyPolicy';
import type { JournalRecord } from '../../../src/services/journal/records';
import { Emitter } from '../../../src/util/lifecycle';
import { FakeClock } from './fakeClock';
import { FakeCloud, fakeProvider } from './fakeCloud';
import { createMemory } from './memory';

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

  ask(_question: Question): Promise<Answer | Several | Review | undefined> {
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

  readonly pauses: Pause[] = [];
  goesOn = true;

  goOn(pause: Pause): Promise<GoOn> {
    this.pauses.push(pause);
    return Promise.resolve(this.goesOn ? 'goOn' : 'stop');
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
  /** Where the cloud and the core must agree on the time. */
  readonly clock?: FakeClock;
}

/** As with real ids, no two workplaces make the same. */
let serial = 0;

/** The core over a cloud in memory or any other, with a person who answers as told. */
export function createWorkplace(accounts: Account[], env: Readonly<Record<string, string>> = {}, outside?: Outside) {
  const clock = outside?.clock ?? new FakeClock(outside === undefined ? undefined : Date.now());
  const cloud = new FakeCloud();
  const person = new FakePerson();
  const files = new FakeFiles();
  const exchanges: Exchange[] = [];
  const newId = (): string => `id-${++serial}`;
  const calls: CallOptions = {
    transport: outside?.transport ?? cloud.transport,
    clock,
    nonce: newId,
    random: () => 0.5,
    timeoutMs: 1_000,
    maxInFlight: 8,
    answerFormat: () => 'json',
    onDidCall: (exchange) => exchanges.push(exchange),
  };
  const core = composeCore({
    ...calls,
    newId,
    providers: outside?.providers ?? [fakeProvider],
    accounts: () => ({ accounts: fixedAccounts(accounts) }),
    language: 'en',
    journal: { files, fileName: 'own.jsonl' },
    memory: { workspace: createMemory(), everywhere: createMemory() },
    policy: (product, action) => checkSafetyPolicy({ read: () => Promise.resolve(undefined), env }, product, action),
    prompter: person,
    settings: { typedConfirmationAbove: () => 10 },
  });
  // The core hands its engine to nobody: who tests the engine's own doors gets another one over the same cloud.
  return { ...core, engine: createEngine(calls), clock, cloud, person, files, exchanges, accounts };
}

/** These accounts, as they are in the list at the moment. */
export function fixedAccounts(accounts: readonly Account[], onDidChange = new Emitter<void>().event): Accounts {
  return { list: () => accounts, get: (id) => accounts.find((account) => account.id === id), onDidChange };
}

export function target(
  accountId: string,
  region: string,
  id: string,
  kind: Target['kind'] = 'managedInstance',
): Target {
  return { provider: 'alibabaCloud', accountId, region, kind, id };
}
