import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import { CloudError } from '../../core/cloudError';
import { isFinal, type HostRecords, type RunRecord } from '../../core/followed';
import type { Clock } from '../../util/clock';
import { Emitter, type Disposable, type Event, type Listener } from '../../util/lifecycle';
import type { Pinned } from '../actions/accountGuard';
import { readRun } from '../actions/readRun';
import { withRecord, type HostResult, type ResultSource, type RunResult } from './runResult';

/** One run in a cloud whose records are read. */
export interface RecordedPart {
  readonly region: string;
  readonly records: HostRecords;
  readonly handle: string;
  /** With whose keys; rejects where they are not those of the owner that it was sent with. */
  readonly pin: () => Promise<Pinned>;
  /** Finds out what hosts are called, so that each one's own name can be taken for the same. Never rejects. */
  readonly learn: (ids: readonly string[]) => Promise<void>;
  /** A host that the records name. */
  readonly host: (id: string) => HostResult;
}

export interface RecordedRun extends Pick<RunResult, 'id' | 'title' | 'scripts' | 'startedAt'> {
  readonly parts: readonly RecordedPart[];
  /** The hosts that are known beforehand, in their order. */
  readonly hosts: readonly HostResult[];
  /** Whether the journal has it. */
  readonly isOwn: boolean;
}

/** How long until records are read again while some host goes on, in milliseconds; the last one repeats. */
const readAfterMs = [3_000, 3_000, 3_000, 5_000, 5_000, 5_000, 10_000, 10_000, 15_000, 30_000];

/**
 * What hosts said, from the records that the cloud keeps: of anybody's run, in any session. Read when it is asked for,
 * and again only while somebody looks and some host has no last word. In memory only: outputs can hold secrets.
 */
export class RecordedResult implements ResultSource {
  private readonly hosts: Map<string, HostResult>;
  private known: RunResult | undefined;
  private isWhole = false;
  private watchers = 0;
  private watching: AbortController | undefined;
  private readonly changed = new Emitter<void>();

  /** Whoever listens looks: records of hosts that go on are read again until they have their last word. */
  readonly onDidChange: Event<void> = (listener) => this.watch(listener);

  constructor(
    private readonly run: RecordedRun,
    private readonly options: { readonly client: CloudClient; readonly clock: Clock },
  ) {
    this.hosts = new Map(run.hosts.map((host) => [host.key, host]));
  }

  get isOwn(): boolean {
    return this.run.isOwn;
  }

  current(): RunResult {
    const { id, title, scripts, startedAt } = this.run;
    const hosts = [...this.hosts.values()];
    return (this.known ??= { id, title, scripts, startedAt, stage: this.isWhole ? 'ended' : 'running', hosts });
  }

  /** Reads all records. Rejects with `CloudError`; also where the cloud keeps none of them any more. */
  async read(): Promise<void> {
    const read = await Promise.all(this.run.parts.map((part) => this.readPart(part)));
    if (read.every((records) => records.length === 0)) throw nothingKept();
    this.isWhole = read.flat().every(({ state }) => isFinal(state));
    this.known = undefined;
    this.changed.fire();
  }

  private async readPart({ region, records, handle, pin, learn, host }: RecordedPart): Promise<readonly RunRecord[]> {
    const reading = { client: this.options.client, pinned: await pin(), region };
    const { known, problem } = await readRun(reading, records, records.params(handle));
    await learn([...known.keys()]);
    for (const record of known.values()) {
      const own = host(record.id);
      this.hosts.set(own.key, withRecord(this.hostWith(own), record));
    }
    // Clouds answer for what they do not keep with nothing, or with an error that says so.
    if (problem !== undefined && problem.reason !== 'notFound') throw problem;
    return [...known.values()];
  }

  /** What was learnt of it by now, with what it said before. */
  private hostWith(own: HostResult): HostResult {
    const before = this.hosts.get(own.key);
    return before === undefined ? own : { ...before, hostnames: own.hostnames, addresses: own.addresses };
  }

  private watch(listener: Listener<void>): Disposable {
    const subscription = this.changed.event(listener);
    this.watchers++;
    this.follow();
    let isOver = false;
    return {
      dispose: () => {
        subscription.dispose();
        if (isOver) return;
        isOver = true;
        if (--this.watchers === 0) this.watching?.abort();
      },
    };
  }

  private follow(): void {
    if (this.isWhole || this.watching?.signal.aborted === false) return;
    this.watching = new AbortController();
    void this.readOn(this.watching.signal);
  }

  private async readOn(signal: AbortSignal): Promise<void> {
    for (let reading = 0; !this.isWhole; reading++) {
      const ms = readAfterMs[reading] ?? readAfterMs.at(-1) ?? 0;
      await this.options.clock.sleep(ms, signal).catch(() => undefined);
      if (signal.aborted) return;
      // What cannot be read now can be read with the next look.
      await this.read().catch(() => undefined);
    }
  }
}

function nothingKept(): CloudError {
  const message = l10n.t('The cloud keeps no results of this run any more.');
  const advice = l10n.t('It keeps them for some weeks at most. What was printed cannot be read again.');
  return new CloudError(message, { reason: 'notFound', delivery: 'answered', advice });
}
