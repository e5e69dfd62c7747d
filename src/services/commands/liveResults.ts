import { targetKey, type Place } from '../../core/target';
import { DisposableStore, Emitter, type Disposable } from '../../util/lifecycle';
import type { Gate, Started } from '../actions/gate';
import type { PlanGroup, PlanTarget } from '../actions/plan';
import type { RunReport, TargetResult } from '../actions/report';
import type { Heard } from '../actions/run';
import { isOpenState, withRecord, type HostResult, type ResultSource, type RunResult } from './runResult';

export interface LiveResultsOptions {
  readonly runs: Pick<Gate, 'onDidStart' | 'onDidHear' | 'onDidRun'>;
  readonly now: () => Date;
  readonly regionName: (place: Place) => string;
}

/** So many runs are kept with what their hosts printed, the newest. */
const kept = 20;

/** What hosts said in the runs of this window, as it comes. In memory only: outputs can hold secrets. */
export class LiveResults implements Disposable {
  private readonly results = new Map<string, LiveResult>();
  private readonly store = new DisposableStore();
  private readonly began = new Emitter<LiveResult>();
  /** Fires when a run begins whose hosts say something. */
  readonly onDidBegin = this.began.event;
  private readonly changed = new Emitter<void>();
  /** Fires when a run begins, is paused, goes on, or ends. */
  readonly onDidChangeStage = this.changed.event;

  constructor(private readonly options: LiveResultsOptions) {
    const { runs } = options;
    this.store.add(runs.onDidStart((started) => this.begin(started)));
    this.store.add(runs.onDidHear((heard) => this.results.get(heard.run)?.hear(heard)));
    this.store.add(runs.onDidRun((report) => this.end(report)));
  }

  /** The result of a run of this window. */
  get(run: string): LiveResult | undefined {
    return this.results.get(run);
  }

  /** The newest first. */
  list(): LiveResult[] {
    return [...this.results.values()].reverse();
  }

  dispose(): void {
    this.store.dispose();
  }

  private begin(started: Started): void {
    const groups = started.plan.groups.filter(
      ({ action: { goal } }) => goal.type === 'followed' && goal.repeats !== true,
    );
    if (groups.length === 0) return;
    const result = new LiveResult(started, groups, this.options);
    started.control.onDidChange(() => this.changed.fire());
    this.results.set(started.run, result);
    const [oldest] = this.results.keys();
    if (this.results.size > kept && oldest !== undefined) this.results.delete(oldest);
    this.began.fire(result);
    this.changed.fire();
  }

  private end(report: RunReport): void {
    this.results.get(report.run)?.end(report);
    this.changed.fire();
  }
}

/** What the hosts of one run of this window say. */
export class LiveResult implements ResultSource {
  private readonly hosts = new Map<PlanTarget, HostResult>();
  private readonly head: Pick<RunResult, 'id' | 'title' | 'scripts' | 'startedAt'>;
  private ended: Pick<RunReport, 'stopped'> | undefined;
  private endedBeforeStop: ReadonlySet<string> | undefined;
  private known: RunResult | undefined;
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  readonly control: Started['control'];

  constructor(
    { run, control }: Started,
    groups: readonly PlanGroup[],
    { now, regionName }: Pick<LiveResultsOptions, 'now' | 'regionName'>,
  ) {
    this.control = control;
    for (const group of groups)
      for (const planned of group.targets) this.hosts.set(planned, hostOf(group, planned, regionName(group.place)));
    this.head = { id: run, title: titleOf(groups), scripts: scriptsOf(groups), startedAt: now() };
    control.onDidChange(() => {
      if (control.stage === 'stopping') this.endedBeforeStop ??= this.settledKeys();
      this.change();
    });
  }

  current(): RunResult {
    const stage = this.ended === undefined ? this.control.stage : 'ended';
    return (this.known ??= {
      ...this.head,
      stage,
      stopped: this.ended?.stopped,
      endedBeforeStop: this.endedBeforeStop,
      hosts: [...this.hosts.values()],
    });
  }

  hear(heard: Heard): void {
    const host = this.hosts.get(heard.planned);
    if (host === undefined) return;
    this.hosts.set(heard.planned, 'record' in heard ? withRecord(host, heard.record) : withResult(host, heard.result));
    this.change();
  }

  end(report: RunReport): void {
    this.ended = report;
    this.change();
  }

  private change(): void {
    this.known = undefined;
    this.changed.fire();
  }

  private settledKeys(): ReadonlySet<string> {
    return new Set([...this.hosts.values()].filter(({ state }) => !isOpenState(state)).map(({ key }) => key));
  }
}

function hostOf({ account, kind, place }: PlanGroup, { target, name, item }: PlanTarget, region: string): HostResult {
  const hostname = item === undefined ? undefined : kind.hostName?.(item);
  return {
    key: targetKey(target),
    target,
    name,
    hostnames: hostname === undefined ? [] : [hostname],
    addresses: item === undefined ? [] : (kind.addresses?.(item) ?? []),
    account: account.name,
    region: region === '' ? place.region : region,
    state: 'notYet',
    output: undefined,
  };
}

function withResult(host: HostResult, { outcome, record, message, advice, note }: TargetResult): HostResult {
  const known = record === undefined ? host : withRecord(host, record);
  // An exit code says all that the words for it say.
  const words = record?.exitCode !== undefined ? [] : [note, message, advice].filter((part) => part !== undefined);
  return { ...known, state: outcome, note: words.length === 0 ? undefined : words.map(sentence).join(' ') };
}

/** Clouds leave the full stop out. */
function sentence(text: string): string {
  return /[\p{L}\p{N}]$/u.test(text) ? `${text}.` : text;
}

function titleOf(groups: readonly PlanGroup[]): string {
  const tasks = new Map<string, { readonly group: PlanGroup; readonly count: number }>();
  for (const group of groups) {
    const key = group.kind.id + group.place.provider;
    tasks.set(key, { group, count: (tasks.get(key)?.count ?? 0) + group.targets.length });
  }
  return [...tasks.values()].map(({ group, count }) => group.action.words.task(count, group.answers)).join(' · ');
}

/** Each script once, in words. */
function scriptsOf(groups: readonly PlanGroup[]): string[] {
  const all = groups.flatMap(({ action, answers }) =>
    action.inputs
      .filter(({ type }) => type === 'script')
      .flatMap(({ name }) => action.words.answer?.(name, answers) ?? []),
  );
  return [...new Set(all)];
}
