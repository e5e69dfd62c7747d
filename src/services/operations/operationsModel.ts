import type { Exchange } from '../../core/exchange';
import type { Clock } from '../../util/clock';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Responses } from '../exchanges/exchangeLog';
import { firstOf, isRead, KeptReads } from '../exchanges/keptReads';
import type { ReadGroup } from '../exchanges/readGroups';
import { loadRuns } from '../journal/history';
import type { Journal } from '../journal/journal';
import type { JournalProblem } from '../journal/records';
import { allTargets, runTargetKey, type RunRecord, type RunTarget } from '../journal/runRecord';
import { NodeStore } from '../views/nodeStore';
import { operationId, type OperationNode } from './nodes';

/** How many rows the timeline and the reads show at first, and how many more each time. */
export const operationsAtOnce = 100;

/** A file that is damaged from end to end must not push everything else out of sight. */
export const problemsAtOnce = 10;

/** For how long changes are collected before they are announced, in milliseconds: calls come in bursts. */
const burstMs = 100;

export interface OperationsModelOptions {
  readonly journal: Pick<Journal, 'load' | 'ownRuns' | 'onDidChange'>;
  readonly responses: Responses;
  readonly clock: Clock;
}

interface Known {
  readonly runs: ReadonlyMap<string, RunRecord>;
  readonly problems: readonly JournalProblem[];
  /** Why the journal could not be read; undefined when it could. */
  readonly unreadable: string | undefined;
}

const nothingKnown: Known = { runs: new Map(), problems: [], unreadable: undefined };

/**
 * The rows of the Operations view: what was deleted, by run, in every session; and the answers of this session. Calls
 * that only read are many and rarely looked for, so they are folded into one row that stays in its place at the top.
 */
export class OperationsModel implements Disposable {
  private readonly nodes = new NodeStore<OperationNode>(operationId);
  private readonly limits = { timeline: operationsAtOnce, reads: operationsAtOnce, problems: problemsAtOnce };
  private known: Known = nothingKnown;
  private readonly kept: KeptReads;
  private byRequest: ReadonlyMap<string, string> = new Map();
  /** Whether the row that holds the reads was drawn: it comes with the first read. */
  private hasReads = false;
  /** Changed and not announced yet. */
  private pending: 'all' | 'reads' | undefined;
  private readonly disposing = new AbortController();
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<OperationNode | undefined>();
  /** The row to be drawn again, with what is below it; undefined for all. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: OperationsModelOptions) {
    const { journal, responses } = options;
    this.kept = new KeptReads(responses);
    this.subscriptions = [
      journal.onDidChange(() => this.announce('all')),
      responses.onDidAdd((exchange) => this.added(exchange)),
    ];
  }

  /** The rows below a node, or at the top. The journal of earlier sessions is read on the first call. */
  async children(node?: OperationNode): Promise<readonly OperationNode[]> {
    if (node === undefined) {
      await this.load();
      return this.roots();
    }
    switch (node.type) {
      case 'reads':
        return this.readRows();
      case 'readGroup':
        return (this.group(node.first) ?? []).map(({ id }) => this.keep({ type: 'response', exchangeId: id }));
      case 'run':
        return this.runRows(node.run);
      case 'neverSent':
        return (this.run(node.run)?.neverSentTargets ?? []).map((target) => this.targetNode(node.run, target));
      case 'journalProblem':
      case 'unreadable':
      case 'runTarget':
      case 'response':
      case 'older':
        return [];
      default: {
        const never: never = node;
        return never;
      }
    }
  }

  /** The row above; undefined at the top. */
  parent(node: OperationNode): OperationNode | undefined {
    switch (node.type) {
      case 'runTarget':
        return this.keep({ type: this.isNeverSent(node) ? 'neverSent' : 'run', run: node.run });
      case 'neverSent':
        return this.keep({ type: 'run', run: node.run });
      case 'readGroup':
        return this.keep({ type: 'reads' });
      case 'response':
        return this.parentOfResponse(node.exchangeId);
      case 'older':
        return node.of === 'reads' ? this.keep({ type: 'reads' }) : undefined;
      case 'journalProblem':
      case 'unreadable':
      case 'reads':
      case 'run':
        return undefined;
      default: {
        const never: never = node;
        return never;
      }
    }
  }

  run(id: string): RunRecord | undefined {
    return this.known.runs.get(id);
  }

  /** The row of a run with the rows before it shown, so that it can be revealed; undefined where there is none. */
  async locate(id: string): Promise<OperationNode | undefined> {
    await this.load();
    const at = this.timeline().findIndex((node) => node.type === 'run' && node.run === id);
    if (at === -1) return undefined;
    if (at >= this.limits.timeline) {
      this.limits.timeline = at + 1;
      this.changed.fire(undefined);
    }
    return this.keep({ type: 'run', run: id });
  }

  /** What the journal knows of the target of a row. */
  target(node: Extract<OperationNode, { readonly type: 'runTarget' }>): RunTarget | undefined {
    const run = this.run(node.run);
    const key = runTargetKey(node);
    return run && allTargets(run).find((target) => runTargetKey(target) === key);
  }

  exchange(id: string): Exchange | undefined {
    return this.options.responses.get(id);
  }

  /** The pages behind a row of reads, newest first. */
  group(first: string): ReadGroup | undefined {
    return this.kept.group(first);
  }

  /** All reads that are kept. */
  reads(): readonly Exchange[] {
    return this.kept.all();
  }

  get unreadable(): string | undefined {
    return this.known.unreadable;
  }

  /** The kept answer a row is about; undefined for rows of earlier sessions and rows about many answers. */
  exchangeOf(node: OperationNode): string | undefined {
    if (node.type === 'response') return node.exchangeId;
    if (node.type !== 'runTarget') return undefined;
    const requestId = this.target(node)?.requestId;
    return requestId === undefined ? undefined : this.byRequest.get(requestId);
  }

  /** Shows the next older rows. */
  showOlder(node: Extract<OperationNode, { readonly type: 'older' }>): void {
    this.limits[node.of] += operationsAtOnce;
    this.changed.fire(this.parent(node));
  }

  dispose(): void {
    this.disposing.abort();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private added(exchange: Exchange): void {
    this.kept.forget();
    this.announce(isRead(exchange) ? 'reads' : 'all');
  }

  private announce(what: 'all' | 'reads'): void {
    const isFirst = this.pending === undefined;
    if (this.pending !== 'all') this.pending = what;
    if (!isFirst) return;
    const told = this.options.clock.sleep(burstMs, this.disposing.signal).then(() => this.tell());
    // The wait is given up only when nobody looks any more.
    void told.catch(() => undefined);
  }

  private tell(): void {
    const isAboutReads = this.pending === 'reads' && this.hasReads;
    this.pending = undefined;
    this.changed.fire(isAboutReads ? this.keep({ type: 'reads' }) : undefined);
  }

  private async load(): Promise<void> {
    const { journal, responses } = this.options;
    // A repeat after a lost answer has the newest answer: it is listed first and must not be overwritten.
    this.byRequest = new Map(
      responses
        .list()
        .toReversed()
        .flatMap(({ requestId, id }) => (requestId === undefined ? [] : [[requestId, id] as const])),
    );
    try {
      this.known = { ...(await loadRuns(journal)), unreadable: undefined };
    } catch (error) {
      this.known = { ...nothingKnown, unreadable: error instanceof Error ? error.message : String(error) };
    }
  }

  private roots(): OperationNode[] {
    this.nodes.drop((node) => this.isGone(node));
    this.hasReads = this.kept.all().length > 0;
    const timeline = this.timeline();
    return [
      ...(this.known.unreadable === undefined ? [] : [this.keep({ type: 'unreadable' })]),
      ...this.problemRows(),
      ...(this.hasReads ? [this.keep({ type: 'reads' })] : []),
      ...timeline.slice(0, this.limits.timeline),
      ...(timeline.length > this.limits.timeline ? [this.keep({ type: 'older', of: 'timeline' })] : []),
    ];
  }

  private problemRows(): OperationNode[] {
    const { problems } = this.known;
    const shown = problems.slice(0, this.limits.problems);
    return [
      ...shown.map((problem) => this.keep({ type: 'journalProblem', problem })),
      ...(problems.length > shown.length ? [this.keep({ type: 'older', of: 'problems' })] : []),
    ];
  }

  /** Runs, and the answers to changing calls that belong to none, newest first. */
  private timeline(): OperationNode[] {
    const runs = [...this.known.runs.values()];
    const answers = this.otherAnswers().filter((exchange) => this.runOf(exchange) === undefined);
    const rows = [
      ...runs.map(({ run, startedAt }) => ({
        time: startedAt.getTime(),
        node: this.keep({ type: 'run', run }),
      })),
      ...answers.map(({ id, time }) => ({
        time: time.getTime(),
        node: this.keep({ type: 'response', exchangeId: id }),
      })),
    ];
    return rows.sort((a, b) => b.time - a.time).map(({ node }) => node);
  }

  private readRows(): OperationNode[] {
    this.nodes.drop((node) => this.isGone(node));
    const groups = this.kept.groups();
    const rows = groups.slice(0, this.limits.reads).map((group) => this.readRow(group));
    return groups.length > this.limits.reads ? [...rows, this.keep({ type: 'older', of: 'reads' })] : rows;
  }

  private readRow(group: ReadGroup): OperationNode {
    const first = firstOf(group).id;
    return this.keep(group.length === 1 ? { type: 'response', exchangeId: first } : { type: 'readGroup', first });
  }

  private runRows(id: string): OperationNode[] {
    const run = this.run(id);
    if (run === undefined) return [];
    const targets = run.targets.map((target) => this.targetNode(run.run, target));
    const attempts = this.otherAnswers().filter((exchange) => this.runOf(exchange) === run);
    return [
      // The journal may name one target twice; a row can be there only once.
      ...new Set(targets),
      ...(run.neverSent > 0 ? [this.keep({ type: 'neverSent', run: run.run })] : []),
      ...attempts.map((exchange) => this.keep({ type: 'response', exchangeId: exchange.id })),
    ];
  }

  private targetNode(run: string, { accountId, region, kind, id }: RunTarget): OperationNode {
    return this.keep({ type: 'runTarget', run, accountId, region, kind, id });
  }

  private isNeverSent(node: Extract<OperationNode, { readonly type: 'runTarget' }>): boolean {
    const key = runTargetKey(node);
    return this.run(node.run)?.neverSentTargets.some((target) => runTargetKey(target) === key) === true;
  }

  /** The answers to changing calls that are not a target's last one: first attempts, and what no run knows of. */
  private otherAnswers(): Exchange[] {
    const runs = [...this.known.runs.values()];
    const last = new Set(runs.flatMap(({ targets }) => targets.map(({ requestId }) => requestId)));
    const { responses } = this.options;
    return responses.list().filter((e) => !isRead(e) && (e.requestId === undefined || !last.has(e.requestId)));
  }

  /** The run during which a call was made for the account and region of one of its targets. */
  private runOf({ time, accountId, region, action }: Exchange): RunRecord | undefined {
    return [...this.known.runs.values()].find(
      ({ startedAt, endedAt, targets }) =>
        startedAt <= time &&
        (endedAt === undefined || time <= endedAt) &&
        targets.some((t) => t.accountId === accountId && t.region === region && t.action === action),
    );
  }

  private parentOfResponse(exchangeId: string): OperationNode | undefined {
    const exchange = this.exchange(exchangeId);
    if (exchange !== undefined && !isRead(exchange)) {
      const run = this.runOf(exchange)?.run;
      return run === undefined ? undefined : this.keep({ type: 'run', run });
    }
    const group = this.kept.groupOf(exchangeId);
    if (group === undefined) return undefined;
    return group.length === 1 ? this.keep({ type: 'reads' }) : this.readRow(group);
  }

  /** Rows of answers that are not kept any more, as all others that cannot be drawn again. */
  private isGone(node: OperationNode): boolean {
    switch (node.type) {
      case 'response':
        return this.exchange(node.exchangeId) === undefined;
      case 'readGroup':
        return this.group(node.first) === undefined;
      case 'run':
      case 'runTarget':
      case 'neverSent':
        return this.run(node.run) === undefined;
      case 'journalProblem':
      case 'unreadable':
      case 'reads':
      case 'older':
        return false;
      default: {
        const never: never = node;
        return never;
      }
    }
  }

  private keep(node: OperationNode): OperationNode {
    return this.nodes.keep(node);
  }
}
