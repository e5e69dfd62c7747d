import * as l10n from '@vscode/l10n';
import type { PermitScope, Sender } from '../../client/sender';
import type { ActionId } from '../../core/action';
import { actionOf, answersKept, removalOf } from '../../core/action';
import { CloudError } from '../../core/cloudError';
import { secretAnswers, type Answer, type Answers } from '../../core/input';
import type { SecretValues } from '../../core/secretValues';
import { targetKey, type Place, type Target } from '../../core/target';
import { allowManyListeners } from '../../util/abort';
import { Emitter } from '../../util/lifecycle';
import { loadRuns } from '../journal/history';
import type { JournalOutcome } from '../journal/records';
import { needsQuestion, typedConfirmations } from './asking';
import { RunEngine, type Confirmed, type RunEngineOptions } from './engine';
import { runnable, runnableOf, type Plan, type PlanGroup } from './plan';
import { subjectsOf, type ActionChoice, type Planner } from './planner';
import type { Need } from './ports';
import type { GateSettings, Instead, Progress, Prompter, Review, Several } from './ports';
import { canBeAsked } from './question';
import { checkRun } from './recheck';
import { tellingRepeats, type RepeatsTold } from './repeats';
import type { RunReport } from './report';
import { againOf, repeatTokens, type Again, type Chosen } from './retry';
import type { Heard } from './run';
import { RunControl } from './runControl';
import { isSharedWith, SharedAnswers } from './sharedAnswers';
import { undoSteps } from './undoSteps';

/** Checks that are over sooner need no progress: the question follows at once. */
const patienceMs = 500;
/** A progress message for a run that is over sooner would only flash, and push its outcome out of sight. */
const flashMs = 200;

export interface GateOptions {
  readonly planner: Planner;
  readonly prompter: Prompter;
  readonly settings: GateSettings;
  readonly engine: Omit<RunEngineOptions, 'onDidHear' | 'askToGoOn'> & { readonly sender: Sender };
  /** Fires when a call is about to be made once more. */
  readonly repeats: RepeatsTold['repeats'];
  /** What must not be told of answers: secret values and the scripts that hold them. */
  readonly secrets: SecretValues;
}

/** Something a person wants done. */
export interface ActionRequest {
  /** `remove`: whatever removes the resources of each kind. */
  readonly action: ActionId;
  readonly targets: readonly Target[];
  /** The targets are rows of our own views, not arguments that anybody can make. */
  readonly ours?: boolean;
  /** Known beforehand because we undo what we did; never taken from a command's arguments. */
  readonly answers?: Answers;
  /** A part of the same plan that is sent only once all of this is known to be done. */
  readonly then?: { readonly action: ActionId; readonly targets: readonly Target[] };
}

type Proposed = ActionRequest & Partial<Pick<Again, 'owners'>>;

/** What came of a request. With nothing but `instead`, nothing was sent; with neither, the person turned away. */
export interface Performed {
  readonly report?: RunReport;
  readonly instead?: Instead;
}

/** A confirmed plan that begins to run. */
export interface Started {
  readonly run: string;
  readonly plan: Plan;
  readonly control: RunControl;
}

const turnedAway: Performed = {};

/**
 * The one way to anything that changes something. Every way in (tree, palette, key, another extension) ends in
 * `perform`, and nothing is sent before a person has confirmed the frozen plan, as the table in `asking` has it. No
 * setting skips it, and arguments never stand in for an answer.
 */
export class Gate {
  private readonly engine: RunEngine;
  private readonly plans = new Map<string, Plan>();
  /** What plans of retries carry, by plan, also those that are reviewed first. */
  private readonly retries = new Map<string, Pick<Confirmed, 'tokens' | 'retryOf'>>();
  /** The plan that was read before its questions were answered, by the final plan. */
  private readonly draftOf = new Map<string, string>();
  /** Answers of this window's runs that the journal does not keep, such as a script, by run. */
  private readonly unwritten = new Map<string, Answers>();
  /** The targets of runs that are under way in this window. */
  private readonly running = new Set<string>();
  /** The runs that were undone. */
  private readonly undone = new Set<string>();
  private readonly started = new Emitter<Started>();
  /** Fires when a confirmed plan begins to run; `onDidRun` follows in every case. */
  readonly onDidStart = this.started.event;
  private readonly ended = new Emitter<RunReport>();
  /** Fires once for every run, when it is over. */
  readonly onDidRun = this.ended.event;

  private readonly heard = new Emitter<Heard>();
  /** Fires for every piece of news while a run is under way. */
  readonly onDidHear = this.heard.event;

  constructor(private readonly options: GateOptions) {
    this.engine = new RunEngine({
      ...options.engine,
      onDidHear: (heard) => this.heard.fire(heard),
      askToGoOn: (pause) => options.prompter.goOn(pause),
    });
  }

  /** Plans, asks and runs. */
  async perform(request: ActionRequest): Promise<Performed> {
    const plan = await this.planFor(request);
    if (plan === undefined) return turnedAway;
    if ('want' in plan) return { instead: plan };
    return this.confirmAndRun(plan, { ours: request.ours === true });
  }

  /** Makes the plan without asking to run it; undefined when the person turned away. Changes nothing. */
  async propose(request: Proposed): Promise<Plan | undefined> {
    return planOf(await this.planFor(request));
  }

  /**
   * Makes the plan to be read before anything is asked: what its actions need to know is asked when it is to run.
   * Undefined when the person turned away. Changes nothing.
   */
  review(request: ActionRequest): Promise<Plan | undefined> {
    return this.refusing(async () => {
      const draft = await this.draftFor(request);
      if (draft === undefined) return undefined;
      // A name or a script is part of what is read; so it comes first.
      const read = canWait(draft) ? this.options.planner.asDraft(draft) : draft;
      if ((read.questions ?? []).length > 0) return this.keep(read);
      return planOf(await this.answered(draft, request.answers));
    });
  }

  /** The plan without the targets with these keys; it takes the old one's place. Undefined where nothing is left of it. */
  narrow(planId: string, left: ReadonlySet<string>): Plan | undefined {
    const plan = this.plans.get(planId);
    const narrowed = plan && this.options.planner.narrow(plan, left);
    if (narrowed === undefined) return undefined;
    this.plans.delete(planId);
    const retry = this.retries.get(planId);
    if (retry !== undefined) this.retries.set(narrowed.id, retry);
    return this.keep(narrowed);
  }

  private planFor(request: Proposed): Promise<Plan | Review | undefined> {
    return this.refusing(async () => {
      const draft = await this.draftFor(request);
      return draft && this.answered(draft, request.answers);
    });
  }

  private async draftFor({ targets, action, owners, then }: Proposed): Promise<Plan | undefined> {
    if (targets.length === 0) return undefined;
    const { planner } = this.options;
    return this.plan(
      targets.map(({ accountId }) => accountId),
      async (progress) => {
        const draft = await planner.draft({ targets, action: choiceOf(action), owners }, progress);
        if (then === undefined) return draft;
        const last = await planner.draft({ targets: then.targets, action: choiceOf(then.action) }, progress);
        return planner.followedBy(draft, last);
      },
    );
  }

  /** The final plan, under what the person answers; or the draft, where the person wants to read it before. */
  private async answered(draft: Plan, answers: Answers = {}): Promise<Plan | Review | undefined> {
    const given = await this.askInputs(draft, answers);
    if (given === undefined) return undefined;
    if (given === 'review') return { want: 'review', plan: this.keep(this.options.planner.asDraft(draft)) };
    const accounts = draft.groups.map(({ account }) => account.id);
    return this.keep(await this.plan(accounts, (p) => this.options.planner.complete(draft, given, p)));
  }

  /** What cannot be planned is said; undefined then, and when the person turned away. */
  private async refusing<T>(make: () => Promise<T>): Promise<T | undefined> {
    try {
      return await make();
    } catch (error) {
      if (isCancelled(error)) return undefined;
      if (!CloudError.is(error)) throw error;
      await this.options.prompter.refuse([error.message, error.advice].filter((s) => s !== undefined).join(' '));
      return undefined;
    }
  }

  /**
   * Plans what did not succeed anew, as the journal has it, with the keys that its accounts have now: each resource is
   * read again and the person asked. A call whose answer never came is repeated under its old client token. A person
   * may have chosen which targets.
   */
  async retry({ run: id }: { readonly run: string }, chosen?: Chosen): Promise<Performed> {
    const { journal, clouds } = this.options.engine;
    const { runs } = await loadRuns(journal);
    const run = runs.get(id);
    const again = run === undefined ? undefined : againOf(run, clouds, chosen);
    if (run === undefined || again === undefined) return turnedAway;
    const answers = { ...again.answers, ...this.unwritten.get(id) };
    const made = await this.planFor({ ...again, answers });
    const plan = planOf(made);
    if (made === undefined || plan === undefined) return turnedAway;
    const { records } = await journal.load();
    this.retries.set(plan.id, { tokens: repeatTokens(records, run, { runs: runs.values(), clouds }), retryOf: id });
    return 'want' in made ? { instead: made } : this.confirmAndRun(plan, { ours: false });
  }

  /** Whether what a run changed can be given back, and was not yet. */
  canUndo(report: RunReport): boolean {
    return !this.undone.has(report.run) && undoSteps(report).length > 0;
  }

  /**
   * Gives back what a run changed, as actions of their own: asked for as the table has it, and also where somebody
   * changed it again since. Once for each run.
   */
  async undo(report: RunReport): Promise<Performed> {
    if (!this.canUndo(report)) return turnedAway;
    this.undone.add(report.run);
    let performed = turnedAway;
    for (const { isAsLeft, ...request } of undoSteps(report)) {
      const plan = await this.planFor(request);
      if (plan === undefined || 'want' in plan) break;
      performed = await this.confirmAndRun(plan, { ours: isAsLeft(plan) });
      if (performed.report === undefined) break;
    }
    return performed;
  }

  /**
   * Looks at what an interrupted run left open: reads the resources and writes down what is there. Changes nothing.
   * Rejects with `CloudError` when a cloud cannot be asked.
   */
  check(run: string, progress: Progress): Promise<readonly JournalOutcome[]> {
    return this.telling(progress, {}, (told) => checkRun(this.options.engine, run, told));
  }

  /** A plan that was proposed in this session and not yet run. */
  planById(id: string): Plan | undefined {
    return this.plans.get(id);
  }

  /** Asks and runs a plan that was reviewed as a document. A plan runs at most once. */
  async runReviewed(planId: string): Promise<Performed> {
    const plan = this.plans.get(planId);
    if (plan?.questions !== undefined) return this.askAndRun(plan);
    if (plan !== undefined) return this.confirmAndRun(plan, { ours: false });
    await this.options.prompter.refuse(
      l10n.t('This plan was already run or is from an earlier session. Select the resources again.'),
    );
    return turnedAway;
  }

  /** Asks what the plan still needs to know. Where it then runs, what was read of it cannot run again. */
  private async askAndRun(draft: Plan): Promise<Performed> {
    const plan = await this.refusing(() => this.answered(draft));
    if (plan === undefined) return turnedAway;
    if ('want' in plan) return { instead: plan };
    const retry = this.retries.get(draft.id);
    if (retry !== undefined) this.retries.set(plan.id, retry);
    this.draftOf.set(plan.id, draft.id);
    return this.confirmAndRun(plan, { ours: false });
  }

  private async confirmAndRun(plan: Plan, how: { readonly ours: boolean }): Promise<Performed> {
    if (plan.questions !== undefined) throw new TypeError('Questions of this plan are not answered.');
    const { prompter } = this.options;
    if (runnable(plan).length === 0) {
      const instead = await prompter.explainNothingToDo(plan);
      return instead === undefined ? turnedAway : { instead };
    }
    if (needsQuestion(plan, how.ours)) {
      if (!canBeAsked(plan)) {
        await prompter.refuse(
          l10n.t('These are more accounts than one question can name. Select the resources of fewer accounts.'),
        );
        return turnedAway;
      }
      const answer = await prompter.confirm(plan);
      if (answer === 'cancel') return turnedAway;
      if (answer !== 'run') return { instead: answer };
    }
    if (!(await this.confirmStanding(plan))) return turnedAway;
    const keys = runnable(plan).map(({ target }) => targetKey(target));
    if (keys.some((key) => this.running.has(key))) {
      await prompter.refuse(
        l10n.t('Another run is working on some of these resources. Nothing was sent. Wait for it, then try again.'),
      );
      return turnedAway;
    }
    // Taken out before the first call: a second confirmation of the same plan finds nothing to run.
    if (!this.plans.delete(plan.id)) return turnedAway;
    this.plans.delete(this.draftOf.get(plan.id) ?? '');
    for (const key of keys) this.running.add(key);
    try {
      return { report: await this.run(plan) };
    } finally {
      for (const key of keys) this.running.delete(key);
    }
  }

  private async run(plan: Plan): Promise<RunReport> {
    const retry = this.retries.get(plan.id);
    // The one place where leave to send is given: a person has confirmed exactly this.
    const permit = this.options.engine.sender.mint(plan.groups.flatMap(scopesOf));
    const sent = plan.groups.filter((group) => runnableOf(group).length > 0);
    this.options.secrets.add(...sent.flatMap(secretTexts));
    const id = this.options.engine.newId();
    const control = new RunControl();
    this.started.fire({ run: id, plan, control });
    const run = (progress: Progress): Promise<RunReport> => {
      control.stopWith(progress.signal);
      const about = { accounts: plan.groups.map(({ account }) => account.id), total: runnable(plan).length };
      const { signal } = control;
      const confirmed = { id, plan, permit, control, ...retry };
      const report: Progress['report'] = (step) => progress.report(step);
      return this.telling({ signal, report }, about, (told) => this.engine.run(confirmed, told));
    };
    const report = await this.options.prompter.withProgress(titleOf(plan), run, { afterMs: flashMs });
    this.unwritten.set(report.run, unwrittenOf(plan));
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
      const current = await planner.underCurrentPolicy(plan);
      const forbidden = current.groups.find(
        (g, i) => g.forbidden !== undefined && plan.groups[i]?.forbidden === undefined,
      );
      if (forbidden !== undefined) {
        await prompter.refuse(
          l10n.t('{0} This was not so when the plan was made. Nothing was sent.', forbidden.forbidden ?? ''),
        );
        return false;
      }
      const next = typedConfirmations(current, settings.typedConfirmationAbove()).find((r) => !typed.has(r.prompt));
      if (next === undefined) return true;
      if (!(await prompter.confirmTyped(next))) return false;
      typed.add(next.prompt);
    }
  }

  /** Asks what the actions need to know; undefined when the person turned away. */
  private async askInputs(
    draft: Plan,
    known: Answers,
  ): Promise<ReadonlyMap<PlanGroup, Answers> | 'review' | undefined> {
    const given = new Map<PlanGroup, Answers>();
    const shared = new SharedAnswers();
    for (const group of draft.groups) {
      let answers = this.knownFor(group, known);
      for (;;) {
        const need = this.options.planner.nextNeed(group, answers, runnable(draft).length);
        if (need === undefined) break;
        const answer = shared.get(need) ?? shared.add(need, await this.askInput(draft, need));
        if (answer === undefined) return undefined;
        if (typeof answer === 'object') return 'review';
        answers = { ...answers, [need.input.name]: answer };
      }
      given.set(group, answers);
    }
    return given;
  }

  /** A script is for its own resources only: those of another system must never get it. */
  private knownFor(group: PlanGroup, known: Answers): Answers {
    const subjects = subjectsOf(group);
    const now = this.options.engine.clock.now();
    const others = group.action.inputs
      .filter((input) => input.type === 'script' && input.about(subjects, {}, now).length === 0)
      .map(({ name }) => name);
    return Object.fromEntries(Object.entries(known).filter(([name]) => !others.includes(name)));
  }

  private askInput(plan: Plan, need: Need): Promise<Answer | Several | Review | undefined> {
    const now = this.options.engine.clock.now();
    const groups = plan.groups.filter((group) => isSharedWith(need, group));
    const targets = groups.flatMap((group) => {
      const input = group.action.inputs.find(({ name }) => name === need.input.name);
      const about = new Set(group === need.group ? need.ids : input?.about(subjectsOf(group), need.answers, now));
      return group.targets.filter(({ target }) => about.has(target.id));
    });
    return this.options.prompter.ask({
      ...need,
      plan,
      targets,
      mayReview: plan.questions === undefined && canWait(plan),
    });
  }

  /** With what is repeated for these accounts, or for any. */
  private telling<T>(
    progress: Progress,
    { accounts, total }: { readonly accounts?: readonly string[]; readonly total?: number },
    task: (progress: Progress) => Promise<T>,
  ): Promise<T> {
    const { repeats, engine } = this.options;
    const isAbout = (accountId: string): boolean => accounts?.includes(accountId) ?? true;
    const regionName = (place: Place): string => engine.inventory.regionName(place);
    return tellingRepeats(progress, { repeats, isAbout, regionName, total }, task);
  }

  private plan(accounts: readonly string[], make: (progress: Progress) => Promise<Plan>): Promise<Plan> {
    const check = (progress: Progress): Promise<Plan> => {
      allowManyListeners(progress.signal);
      return this.telling(progress, { accounts }, make);
    };
    return this.options.prompter.withProgress(l10n.t('Checking what would happen'), check, { afterMs: patienceMs });
  }

  private keep(plan: Plan): Plan {
    this.plans.set(plan.id, plan);
    return plan;
  }
}

/** What can be read: the final plan, or the one whose questions are still open. */
function planOf(made: Plan | Review | undefined): Plan | undefined {
  return made !== undefined && 'want' in made ? made.plan : made;
}

/** Whether a plan can be read before anything is asked: its questions only leave something out or take it in. */
function canWait({ groups }: Plan): boolean {
  return groups.every(({ action }) => action.inputs.every(({ type }) => type === 'flag'));
}

function choiceOf(action: ActionRequest['action']): ActionChoice {
  return (kind) => (action === 'remove' ? removalOf(kind) : actionOf(kind, action));
}

/** The secret values of a group, and the script that holds them as the cloud may give it back. */
function secretTexts({ action: { goal, inputs }, answers }: PlanGroup): string[] {
  const values = secretAnswers(inputs, answers);
  if (values.length === 0) return [];
  const script = goal.type === 'followed' ? [Buffer.from(goal.content(answers)).toString()] : [];
  return [...values, ...script];
}

/** What was answered and does not stand in the journal. */
function unwrittenOf({ groups }: Plan): Answers {
  return Object.assign(
    {},
    ...groups.map(({ action, answers }) => {
      const written = answersKept(action, answers);
      return Object.fromEntries(Object.entries(answers).filter(([name]) => !(name in written)));
    }),
  ) as Answers;
}

/** What may be sent of a group: exactly what the person was shown as going to be sent, and what ends it. */
function scopesOf(group: PlanGroup): PermitScope[] {
  const { place, action } = group;
  const { accountId, region } = place;
  const ids = runnableOf(group).map(({ target }) => target.id);
  const scope = { accountId, region, operation: action.operation, idParam: action.ids.param, ids };
  if (action.goal.type !== 'followed') return [scope];
  return [scope, { accountId, region, operation: action.goal.stop.operation, idParam: undefined, ids }];
}

/** "Releasing" or, where the kinds differ, a word for all of them. */
function titleOf(plan: Plan): string {
  const words = new Set(plan.groups.map((g) => g.action.words.doing()));
  const [only] = words;
  return words.size === 1 && only !== undefined ? only : l10n.t('Running the plan');
}

function isCancelled(error: unknown): boolean {
  return CloudError.is(error, 'cancelled') || (error instanceof Error && error.name === 'AbortError');
}
