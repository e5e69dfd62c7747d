import * as l10n from '@vscode/l10n';
import { accountName, isUnseen } from '../../core/accountName';
import { CloudError } from '../../core/cloudError';
import type { ChosenOptions } from '../../core/kind';
import { targetKey, type Target } from '../../core/target';
import { allowManyListeners } from '../../util/abort';
import { Emitter } from '../../util/lifecycle';
import { visibleText } from '../../util/visible';
import { checkRun } from './recheck';
import type { JournalOutcome } from '../journal/journal';
import { retryable, type RunReport } from './report';
import { runnable, runnableOf, type Plan, type PlanGroup, type PlanTarget } from './plan';
import type { Planner } from './planner';
import { canBeAsked, mustType } from './question';
import type { GateSettings, TypedConfirmation, Prompter, Progress } from './ports';
import { RunEngine, type RunEngineOptions } from './engine';

/** Checks that are over sooner need no progress: the question follows at once. */
const patienceMs = 500;
/** A progress message for a run that is over sooner would only flash, and push its outcome out of sight. */
const flashMs = 200;

export interface GateOptions {
  readonly planner: Planner;
  readonly prompter: Prompter;
  readonly settings: GateSettings;
  readonly engine: RunEngineOptions;
}

/**
 * The one way to anything destructive. Every way in (tree, palette, key, another extension) ends in `destroy`, and
 * nothing is sent before a person has confirmed the frozen plan. There is no parameter and no setting that skips it.
 */
export class Gate {
  private readonly engine: RunEngine;
  private readonly plans = new Map<string, Plan>();
  /** The targets of runs that are under way in this window. */
  private readonly running = new Set<string>();
  private readonly started = new Emitter<Plan>();
  /** Fires when a confirmed plan begins to run; `onDidRun` follows in every case. */
  readonly onDidStart = this.started.event;
  private readonly ended = new Emitter<RunReport>();
  /** Fires once for every run, when it is over. */
  readonly onDidRun = this.ended.event;

  constructor(private readonly options: GateOptions) {
    this.engine = new RunEngine(options.engine);
  }

  /** Plans, asks and runs. Undefined when the person turned away or nothing could be sent; then nothing was. */
  async destroy(targets: readonly Target[]): Promise<RunReport | undefined> {
    const plan = await this.propose(targets);
    return plan === undefined ? undefined : this.confirmAndRun(plan);
  }

  /** Makes the plan without asking to run it; undefined when the person turned away. Sends nothing destructive. */
  async propose(targets: readonly Target[]): Promise<Plan | undefined> {
    if (targets.length === 0) return undefined;
    try {
      const draft = await this.plan((p) => this.options.planner.draft(targets, p));
      const chosen = await this.chooseOptions(draft);
      if (chosen === undefined) return undefined;
      return this.keep(await this.plan((p) => this.options.planner.complete(draft, chosen, p)));
    } catch (error) {
      if (isCancelled(error)) return undefined;
      if (!CloudError.is(error)) throw error;
      await this.options.prompter.refuse([error.message, error.advice].filter((s) => s !== undefined).join(' '));
      return undefined;
    }
  }

  /** Plans what failed or is unknown anew; a call whose answer never came is repeated under its old client token. */
  async retry(report: RunReport): Promise<RunReport | undefined> {
    const again = retryable(report);
    const plan = await this.propose(again.map((r) => r.planned.target));
    if (plan === undefined) return undefined;
    return this.confirmAndRun(
      plan,
      new Map(again.flatMap((r) => (r.repeat === undefined ? [] : [[r.repeat.call, r.repeat.token]]))),
    );
  }

  /**
   * Looks at what an interrupted run left open: reads the resources and writes down what is there. Sends nothing
   * destructive. Rejects with `CloudError` when a cloud cannot be asked.
   */
  check(run: string, progress: Progress): Promise<readonly JournalOutcome[]> {
    return checkRun(this.options.engine, run, progress);
  }

  /** A plan that was proposed in this session and not yet run. */
  planById(id: string): Plan | undefined {
    return this.plans.get(id);
  }

  /** Asks and runs a plan that was reviewed as a document. A plan runs at most once. */
  async runReviewed(planId: string): Promise<RunReport | undefined> {
    const plan = this.plans.get(planId);
    if (plan === undefined) {
      await this.options.prompter.refuse(
        l10n.t('This plan was already run or is from an earlier session. Select the resources again.'),
      );
      return undefined;
    }
    return this.confirmAndRun(plan);
  }

  private async confirmAndRun(plan: Plan, tokens?: ReadonlyMap<string, string>): Promise<RunReport | undefined> {
    const { prompter } = this.options;
    if (runnable(plan).length === 0) {
      await prompter.explainNothingToDo(plan);
      return undefined;
    }
    if (!canBeAsked(plan)) {
      await prompter.refuse(
        l10n.t('These are more accounts than one question can name. Select the resources of fewer accounts.'),
      );
      return undefined;
    }
    if ((await prompter.confirm(plan)) !== 'run' || !(await this.confirmStanding(plan))) return undefined;
    const keys = runnable(plan).map(({ target }) => targetKey(target));
    if (keys.some((key) => this.running.has(key))) {
      await prompter.refuse(
        l10n.t('Another run is working on some of these resources. Nothing was sent. Wait for it, then try again.'),
      );
      return undefined;
    }
    // Taken out before the first call: a second confirmation of the same plan finds nothing to run.
    if (!this.plans.delete(plan.id)) return undefined;
    for (const key of keys) this.running.add(key);
    try {
      return await this.run(plan, tokens);
    } finally {
      for (const key of keys) this.running.delete(key);
    }
  }

  private async run(plan: Plan, tokens: ReadonlyMap<string, string> | undefined): Promise<RunReport> {
    this.started.fire(plan);
    const run = (progress: Progress): Promise<RunReport> => {
      allowManyListeners(progress.signal);
      return this.engine.run(plan, progress, tokens);
    };
    const report = await this.options.prompter.withProgress(titleOf(plan), run, { afterMs: flashMs });
    this.ended.fire(report);
    return report;
  }

  /**
   * Has everything typed that must be typed. The safety policy and the marks of the accounts count as they are by
   * now: a plan can have been reviewed hours ago, and a dialog can stand open for long.
   */
  private async confirmStanding(plan: Plan): Promise<boolean> {
    const { planner, prompter, settings } = this.options;
    const typed = new Set<string>();
    for (;;) {
      const standing = await planner.standing(plan);
      const forbidden = standing.groups.find(
        (g, i) => g.forbidden !== undefined && plan.groups[i]?.forbidden === undefined,
      );
      if (forbidden !== undefined) {
        await prompter.refuse(
          l10n.t('{0} This was not so when the plan was made. Nothing was sent.', forbidden.forbidden ?? ''),
        );
        return false;
      }
      const next = typedConfirmations(standing, settings.typedConfirmationAbove()).find((r) => !typed.has(r.prompt));
      if (next === undefined) return true;
      if (!(await prompter.confirmTyped(next))) return false;
      typed.add(next.prompt);
    }
  }

  private async chooseOptions(draft: Plan): Promise<ReadonlyMap<PlanGroup, ChosenOptions> | undefined> {
    const chosen = new Map<PlanGroup, Record<string, boolean>>();
    for (const { group, need } of this.options.planner.needs(draft)) {
      if (need.onlyWith !== undefined && chosen.get(group)?.[need.onlyWith] !== true) continue;
      const answer = await this.options.prompter.askOption(need, draft);
      if (answer === undefined) return undefined;
      chosen.set(group, { ...chosen.get(group), [need.name]: answer });
    }
    return chosen;
  }

  private plan(make: (progress: Progress) => Promise<Plan>): Promise<Plan> {
    const check = (progress: Progress): Promise<Plan> => {
      allowManyListeners(progress.signal);
      return make(progress);
    };
    const options = { afterMs: patienceMs };
    return this.options.prompter.withProgress(l10n.t('Checking what would be deleted'), check, options);
  }

  private keep(plan: Plan): Plan {
    this.plans.set(plan.id, plan);
    return plan;
  }
}

/** "Releasing" or, where the kinds differ, a word for all of them. */
function titleOf(plan: Plan): string {
  const words = new Set(plan.groups.map((g) => g.action.words.doing()));
  const [only] = words;
  return words.size === 1 && only !== undefined ? only : l10n.t('Running the plan');
}

/** What must be typed, most specific first. A person who types the name of the wrong thing notices. */
export function typedConfirmations(plan: Plan, typedAbove: number): TypedConfirmation[] {
  const targets = runnable(plan);
  const sending = plan.groups.filter((g) => runnableOf(g).length > 0);
  const requests: TypedConfirmation[] = [];
  for (const name of new Set(
    sending.filter((g) => g.account.level === 'production').map((g) => accountName(g.account.name)),
  )) {
    const prompt = l10n.t('"{0}" is a production account. Type its name to go on.', name);
    requests.push({ prompt, expected: name });
  }
  const dangerous = sending.some((g) => g.action.operation.danger === 'destroys' || g.confirmReason !== undefined);
  if (!dangerous && targets.length <= typedAbove && !mustType(plan)) return requests;
  const [first] = targets;
  const expected = targets.length === 1 && first !== undefined ? typedFor(first) : String(targets.length);
  const prompt =
    targets.length === 1
      ? l10n.t('This cannot be undone. Type "{0}" to go on.', expected)
      : l10n.t('This cannot be undone. Type the number of resources, {0}, to go on.', expected);
  requests.push({ prompt, expected });
  return requests;
}

const longestTypedName = 64;

/** Its name, or its id where the name cannot be typed as it is seen or would take too long. */
function typedFor({ name, target }: PlanTarget): string {
  const asSeen =
    !isUnseen(name) &&
    visibleText(name) === name &&
    name.trim() === name &&
    !/[^\S ]| {2}|\p{Default_Ignorable_Code_Point}/u.test(name);
  // A keyboard types composed characters.
  return asSeen && name.normalize('NFC') === name && name.length <= longestTypedName ? name : target.id;
}

function isCancelled(error: unknown): boolean {
  return CloudError.is(error, 'cancelled') || (error instanceof Error && error.name === 'AbortError');
}
