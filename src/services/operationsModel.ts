import type { Exchange } from '../core/exchange';
import { Emitter, type Disposable } from '../util/lifecycle';
import type { Journal, JournalProblem } from './journal';
import { operationId, type OperationNode } from './operationNodes';
import { runsOf, type RunRecord, type RunTarget } from './operations';
import { groupReads, type ReadGroup } from './readGroups';
import type { Responses } from './responses';

/** How many rows the timeline and the reads show at first, and how many more each time. */
export const operationsAtOnce = 100;

export interface OperationsModelOptions {
  readonly journal: Pick<Journal, 'load' | 'ownRuns' | 'onDidChange'>;
  readonly responses: Responses;
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
  private readonly nodes = new Map<string, OperationNode>();
  private readonly limits = { timeline: operationsAtOnce, reads: operationsAtOnce };
  private known: Known = nothingKnown;
  private groups: readonly ReadGroup[] = [];
  private byRequest: ReadonlyMap<string, string> = new Map();
  /** Announced and not looked at since: announcing again would tell nothing new. */
  private stale = false;
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: OperationsModelOptions) {
    const { journal, responses } = options;
    this.subscriptions = [journal.onDidChange(() => this.touch()), responses.onDidAdd(() => this.touch())];
  }

  /** The rows below a node, or at the top. The journal of earlier sessions is read on the first call. */
  async children(node?: OperationNode): Promise<readonly OperationNode[]> {
    if (node === undefined) {
      this.stale = false;
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
      case 'journalProblem':
      case 'unreadable':
      case 'runTarget':
      case 'neverSent':
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

  /** What the journal knows of the target of a row. */
  target(node: Extract<OperationNode, { readonly type: 'runTarget' }>): RunTarget | undefined {
    return this.run(node.run)?.targets.find(
      (t) => t.id === node.id && t.kind === node.kind && t.region === node.region && t.accountId === node.accountId,
    );
  }

  exchange(id: string): Exchange | undefined {
    return this.options.responses.get(id);
  }

  /** The pages behind a row of reads, newest first. */
  group(first: string): ReadGroup | undefined {
    return this.groups.find((group) => group.at(-1)?.id === first);
  }

  /** All reads that are kept. */
  reads(): readonly Exchange[] {
    return this.groups.flat();
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
    this.touch();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private touch(): void {
    if (this.stale) return;
    this.stale = true;
    this.changed.fire();
  }

  private async load(): Promise<void> {
    const { journal, responses } = this.options;
    const exchanges = responses.list();
    this.groups = groupReads(exchanges.filter(isRead));
    // A repeat after a lost answer has the newest answer: it is listed first and must not be overwritten.
    this.byRequest = new Map(
      exchanges
        .toReversed()
        .flatMap(({ requestId, id }) => (requestId === undefined ? [] : [[requestId, id] as const])),
    );
    try {
      const { records, problems } = await journal.load();
      const runs = new Map(runsOf(records, journal.ownRuns()).map((run) => [run.run, run]));
      this.known = { runs, problems, unreadable: undefined };
    } catch (error) {
      this.known = { ...nothingKnown, unreadable: error instanceof Error ? error.message : String(error) };
    }
  }

  private roots(): OperationNode[] {
    const timeline = this.timeline();
    return [
      ...(this.known.unreadable === undefined ? [] : [this.keep({ type: 'unreadable' })]),
      ...this.known.problems.map((problem) => this.keep({ type: 'journalProblem', problem })),
      ...(this.groups.length === 0 ? [] : [this.keep({ type: 'reads' })]),
      ...timeline.slice(0, this.limits.timeline),
      ...(timeline.length > this.limits.timeline ? [this.keep({ type: 'older', of: 'timeline' })] : []),
    ];
  }

  /** Runs, and the answers to changing calls that belong to none (dry runs), newest first. */
  private timeline(): OperationNode[] {
    const runs = [...this.known.runs.values()];
    const inRuns = new Set(runs.flatMap(({ targets }) => targets.map(({ requestId }) => requestId)));
    const answers = this.options.responses
      .list()
      .filter((e) => !isRead(e) && (e.requestId === undefined || !inRuns.has(e.requestId)));
    const rows = [
      ...runs.map(({ run, startedAt }) => ({ time: startedAt.getTime(), node: this.keep({ type: 'run', run }) })),
      ...answers.map(({ id, time }) => ({
        time: time.getTime(),
        node: this.keep({ type: 'response', exchangeId: id }),
      })),
    ];
    return rows.sort((a, b) => b.time - a.time).map(({ node }) => node);
  }

  private readRows(): OperationNode[] {
    const rows = this.groups.slice(0, this.limits.reads).map((group) => this.readRow(group));
    return this.groups.length > this.limits.reads ? [...rows, this.keep({ type: 'older', of: 'reads' })] : rows;
  }

  private readRow(group: ReadGroup): OperationNode {
    const [newest] = group;
    const first = group.at(-1) ?? newest;
    return this.keep(
      group.length === 1 ? { type: 'response', exchangeId: first.id } : { type: 'readGroup', first: first.id },
    );
  }

  private runRows(id: string): OperationNode[] {
    const run = this.run(id);
    if (run === undefined) return [];
    const targets = run.targets.map(({ accountId, region, kind, id }) =>
      this.keep({ type: 'runTarget', run: run.run, accountId, region, kind, id }),
    );
    return run.neverSent > 0 ? [...targets, this.keep({ type: 'neverSent', run: run.run })] : targets;
  }

  private parentOfResponse(exchangeId: string): OperationNode | undefined {
    const group = this.groups.find((one) => one.some(({ id }) => id === exchangeId));
    if (group === undefined) return undefined;
    return group.length === 1 ? this.keep({ type: 'reads' }) : this.readRow(group);
  }

  /** The one object for a row: VS Code tells rows apart by identity. */
  private keep(node: OperationNode): OperationNode {
    const id = operationId(node);
    const known = this.nodes.get(id);
    if (known !== undefined) return known;
    this.nodes.set(id, node);
    return node;
  }
}

function isRead({ effect }: Exchange): boolean {
  return effect === 'read';
}
