import { targetKey, type Target } from '../../core/target';
import { Emitter, type Disposable, type Event } from '../../util/lifecycle';
import { runnableOf, type Plan } from './plan';
import type { RunReport } from './report';

/** What tells when runs begin and end. */
export interface RunEvents {
  readonly onDidStart: Event<{ readonly plan: Plan }>;
  readonly onDidRun: Event<RunReport>;
}

/** The targets a run is working on right now; shown over their rows, and never offered for another run. */
export class BusyTargets implements Disposable {
  private readonly runs = new Map<string, readonly Target[]>();
  /** What is being done to each, in words. */
  private readonly words = new Map<string, readonly string[]>();
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<readonly Target[]>();
  /** Names the targets that became busy or free. */
  readonly onDidChange = this.changed.event;

  constructor(runs: RunEvents) {
    this.subscriptions = [
      runs.onDidStart(({ plan }) => this.start(plan)),
      runs.onDidRun((report) => this.end(report.planHash)),
    ];
  }

  has(target: Target): boolean {
    return this.words.has(targetKey(target));
  }

  /** What a run is doing to it ("Releasing"); undefined where none is at it. */
  doing(target: Target): string | undefined {
    return this.words.get(targetKey(target))?.at(-1);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private start(plan: Plan): void {
    this.end(plan.hash);
    const targets: Target[] = [];
    for (const group of plan.groups) {
      const doing = group.action.words.doing();
      for (const { target } of runnableOf(group)) {
        targets.push(target);
        const key = targetKey(target);
        this.words.set(key, [...(this.words.get(key) ?? []), doing]);
      }
    }
    this.runs.set(plan.hash, targets);
    this.changed.fire(targets);
  }

  private end(planHash: string): void {
    const targets = this.runs.get(planHash);
    if (targets === undefined) return;
    this.runs.delete(planHash);
    for (const target of targets) {
      const key = targetKey(target);
      const left = (this.words.get(key) ?? []).slice(0, -1);
      if (left.length > 0) this.words.set(key, left);
      else this.words.delete(key);
    }
    this.changed.fire(targets);
  }
}
