import { targetKey, type Target } from '../../core/target';
import { Emitter, type Disposable, type Event } from '../../util/lifecycle';
import type { RunReport } from './report';
import { runnable, type Plan } from './plan';

/** What tells when runs begin and end. */
export interface RunEvents {
  readonly onDidStart: Event<Plan>;
  readonly onDidRun: Event<RunReport>;
}

/** The targets a run is working on right now; shown over their rows, and never offered for another run. */
export class BusyTargets implements Disposable {
  private readonly runs = new Map<string, readonly Target[]>();
  private readonly keys = new Map<string, number>();
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<readonly Target[]>();
  /** Names the targets that became busy or free. */
  readonly onDidChange = this.changed.event;

  constructor(runs: RunEvents) {
    this.subscriptions = [
      runs.onDidStart((plan) => this.start(plan)),
      runs.onDidRun((report) => this.end(report.planHash)),
    ];
  }

  has(target: Target): boolean {
    return this.keys.has(targetKey(target));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private start(plan: Plan): void {
    const targets = runnable(plan).map((planned) => planned.target);
    this.end(plan.hash);
    this.runs.set(plan.hash, targets);
    for (const target of targets) this.count(target, 1);
    this.changed.fire(targets);
  }

  private end(planHash: string): void {
    const targets = this.runs.get(planHash);
    if (targets === undefined) return;
    this.runs.delete(planHash);
    for (const target of targets) this.count(target, -1);
    this.changed.fire(targets);
  }

  private count(target: Target, step: 1 | -1): void {
    const key = targetKey(target);
    const count = (this.keys.get(key) ?? 0) + step;
    if (count > 0) this.keys.set(key, count);
    else this.keys.delete(key);
  }
}
