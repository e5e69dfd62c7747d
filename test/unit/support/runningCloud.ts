import * as z from 'zod/mini';
import type { Action } from '../../../src/core/action';
import type { RunRecord, RunState } from '../../../src/core/followed';
import type { HttpResponse } from '../../../src/core/http';
import { defineOperation, strict } from '../../../src/core/operation';
import { onePage } from '../../../src/core/pager';
import type { Provider } from '../../../src/core/provider';
import { object, text } from '../../../src/core/tolerant';
import type { Clock } from '../../../src/util/clock';
import { FakeCloud, fakeKinds, fakeProvider, ownerOf, type FakeRequest } from './fakeCloud';

const base = {
  product: { provider: 'alibabaCloud', code: 'ecs', version: '1' },
  danger: 'none',
  response: object({ RequestId: text }),
  errors: {},
  page: 'https://example.test/page',
} as const;
const region = { RegionId: z.string() };

const start = defineOperation({
  ...base,
  action: 'StartRun',
  effect: 'run',
  danger: 'runs',
  permission: 'ecs:StartRun',
  params: strict(() => ({
    ...region,
    InstanceId: z.array(z.string()),
    Name: z.optional(z.string()),
    Script: z.string(),
  })),
});
const read = defineOperation({
  ...base,
  action: 'ReadRun',
  effect: 'read',
  permission: 'ecs:ReadRun',
  params: strict(() => ({ ...region, Run: z.optional(z.string()), Name: z.optional(z.string()) })),
});
const stop = defineOperation({
  ...base,
  action: 'StopRun',
  effect: 'change',
  permission: 'ecs:StopRun',
  params: strict(() => ({ ...region, Run: z.string(), InstanceId: z.array(z.string()) })),
});

/** What the fake cloud answers to a reading. */
interface Answer {
  readonly Run?: string;
  readonly Runs?: readonly string[];
  readonly Script?: string;
  readonly Records?: readonly { readonly id: string; readonly state: RunState; readonly exitCode?: number }[];
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function recordsOf(value: unknown): RunRecord[] {
  // The fake cloud below answers so.
  return ((value as Answer).Records ?? []).map(({ id, state, exitCode }) => ({
    id,
    state,
    word: state,
    exitCode,
    output: { bytes: bytes(`I am ${id}`), missing: 0 },
  }));
}

/** Runs a script on things, and is followed. */
export const runOnThings: Action = {
  id: 'runCommand',
  operation: start,
  menu: 'power',
  ids: { param: 'InstanceId', perCall: 3, allOrNothing: true },
  part: ({ os }) => (typeof os === 'string' ? os : ''),
  inputs: [],
  params: (ids) => ({ InstanceId: [...ids], Script: 'echo secret-in-the-script' }),
  review: { findings: () => [], sameAs: (item) => ({ name: String(item['name']) }) },
  goal: {
    type: 'followed',
    codes: [],
    settlesLater: true,
    marked: (ids, _answers, mark) => ({ InstanceId: [...ids], Script: 'echo secret-in-the-script', Name: mark }),
    recorded: ({ Script: _, ...params }) => params,
    recordedAnswers: (answers) => answers,
    handleOf: (value) => (value as Answer).Run,
    records: {
      operation: read,
      pager: onePage,
      params: (run) => ({ Run: run }),
      read: recordsOf,
      idOf: ({ id }) => id,
    },
    listed: {
      operation: read,
      pager: onePage,
      params: (by) => ('mark' in by ? { Name: by.mark } : { Run: by.handle }),
      read: (value) => {
        const { Run = '', Runs = [Run], Script } = value as Answer;
        const content = Script === undefined ? undefined : bytes(Script);
        return Runs.map((handle) => ({ handle, isMarked: () => true, content }));
      },
      idOf: ({ handle }) => handle,
    },
    content: () => bytes('echo secret-in-the-script'),
    stop: {
      operation: stop,
      idsPerCall: 2,
      isToldAsFailure: false,
      params: (run, ids) => ({ Run: run, InstanceId: [...ids] }),
    },
    deadlineMs: () => 120_000,
  },
  words: {
    button: () => 'Run',
    command: () => 'Run on Things',
    title: () => 'Run on things',
    question: (count) => `Run on ${count} things?`,
    task: (count) => `Run on ${count} things`,
    consequence: () => 'It runs.',
    doing: () => 'Running',
    done: () => 'Ran',
    outcome: { done: () => 'ok', already: () => 'already' },
  },
};

export const runningProvider: Provider = {
  ...fakeProvider,
  kinds: [{ ...fakeKinds.batch, actions: [runOnThings] }],
  operations: [...fakeProvider.operations, start, read, stop],
};

/** How a thing behaves: when it begins and ends, in milliseconds after the call, and with what. */
export interface Behaviour {
  readonly beginsMs?: number;
  readonly endsMs?: number;
  readonly end?: RunState;
  readonly exitCode?: number;
  /** A record of it is kept only after so long. */
  readonly listedMs?: number;
}

interface Run {
  readonly id: string;
  readonly mark: string;
  readonly place: string;
  readonly ids: readonly string[];
  readonly startedAt: number;
  readonly script: string;
  readonly stoppedAt: Map<string, number>;
}

/** A cloud in memory on whose things something can be run. */
export class RunningCloud extends FakeCloud {
  /** How often each thing was really asked to run something, by owner, region and id. */
  readonly began = new Map<string, number>();
  readonly behaviours = new Map<string, Behaviour>();
  /** What is kept as having been sent, if not the script. */
  keeps: string | undefined;
  clock: Clock | undefined;
  private readonly runs: Run[] = [];

  protected override act(action: string, request: FakeRequest): HttpResponse {
    const { params, region: place } = request;
    if (action === 'StartRun') return this.start(request);
    if (action === 'StopRun') return this.stop(String(params['Run']), params['InstanceId'] as string[]);
    if (action !== 'ReadRun') return super.act(action, request);
    const name = params['Name'];
    if (name !== undefined)
      return this.ok({
        Runs: this.runs.filter((r) => r.mark === name && r.place === place).map(({ id }) => id),
      });
    const run = this.runs.find(({ id }) => id === params['Run']);
    if (run === undefined) return this.refusal('NoRun', 404);
    const records = run.ids.flatMap((id) => this.record(run, id));
    return this.ok({ Run: run.id, Script: this.keeps ?? run.script, Records: records });
  }

  private start({ params, region: place, accountKey }: FakeRequest): HttpResponse {
    const ids = params['InstanceId'] as string[];
    const run: Run = {
      id: `run-${this.runs.length + 1}`,
      mark: String(params['Name']),
      place,
      ids,
      startedAt: this.now(),
      script: String(params['Script']),
      stoppedAt: new Map(),
    };
    this.runs.push(run);
    for (const id of ids) {
      const key = `${ownerOf(accountKey)} ${place} ${id}`;
      this.began.set(key, (this.began.get(key) ?? 0) + 1);
    }
    return this.ok({ Run: run.id });
  }

  private stop(run: string, ids: readonly string[]): HttpResponse {
    const stopped = this.runs.find(({ id }) => id === run)?.stoppedAt;
    for (const id of ids) if (stopped?.has(id) === false) stopped.set(id, this.now());
    return this.ok({});
  }

  private record({ startedAt, stoppedAt }: Run, id: string): NonNullable<Answer['Records']> {
    const { beginsMs = 500, endsMs = 1_000, end = 'succeeded', exitCode, listedMs = 0 } = this.behaviours.get(id) ?? {};
    const age = this.now() - startedAt;
    const stopped = (stoppedAt.get(id) ?? Infinity) - startedAt;
    if (age < listedMs) return [];
    if (stopped < beginsMs && age >= stopped) return [{ id, state: 'stoppedBefore' }];
    if (age < beginsMs) return [{ id, state: 'waiting' }];
    if (stopped < endsMs && age >= stopped) return [{ id, state: 'stopped' }];
    if (age < endsMs) return [{ id, state: 'running' }];
    return [{ id, state: end, ...(exitCode === undefined ? {} : { exitCode }) }];
  }

  private now(): number {
    return this.clock?.now().getTime() ?? 0;
  }
}
