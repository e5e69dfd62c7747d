import type { ActionId } from '../../core/action';
import type { Answer, Answers, Input } from '../../core/input';
import type { Target } from '../../core/target';
import type { Outcome } from '../journal/outcome';
import type { Plan, PlanGroup, PlanTarget } from './plan';

/** Progress that a person can see and stop. */
export interface Progress {
  /** Stops when the person presses Cancel. */
  readonly signal: AbortSignal;
  /** `done` of `total`, and what is being worked on now. */
  report(step: { readonly done: number; readonly total: number; readonly text: string }): void;
}

export interface ProgressOptions {
  /** In milliseconds; what is over sooner is not shown at all. */
  readonly afterMs?: number;
}

/** What the gate asks of a person. Every answer but the named one means "no". */
export interface Prompter {
  /** Shows that something is going on, with a Cancel that works. */
  withProgress<T>(title: string, task: (progress: Progress) => Promise<T>, options?: ProgressOptions): Promise<T>;
  /** What an action needs to know, such as Force or a name. Undefined means the person turned away: nothing is sent. */
  ask(question: Question): Promise<Answer | Several | Review | undefined>;
  /** The modal. Anything but `run` sends nothing, and is acted on by whoever asked for the action. */
  confirm(plan: Plan): Promise<Confirmation>;
  /** Typed text, compared exactly; true only when it was typed. */
  confirmTyped(request: TypedConfirmation): Promise<boolean>;
  /** Between two batches of a run. */
  goOn(pause: Pause): Promise<GoOn>;
  /** Nothing can be sent; says why for every target, and what the person wants to see or do instead. */
  explainNothingToDo(plan: Plan): Promise<Instead | undefined>;
  /** A refusal of the whole request, by policy, level or bad arguments. */
  refuse(message: string): Promise<void>;
}

/** What a person says between two batches: `pause` holds the run until they have looked at what the hosts said. */
export type GoOn = 'goOn' | 'stop' | 'pause';

/** A run between two of its batches. */
export interface Pause {
  readonly plan: Plan;
  /** The batch that ended, 1-based. */
  readonly batch: number;
  readonly of: number;
  /** The outcomes so far. */
  readonly counts: ReadonlyMap<Outcome, number>;
  /** How many the next batch has, and how many are left in all. */
  readonly next: number;
  readonly left: number;
}

/** One input, and the targets it is about. */
export interface Question extends Need {
  readonly plan: Plan;
  readonly targets: readonly PlanTarget[];
  /** Whether the plan can be read before the answer. */
  readonly mayReview: boolean;
}

export type Confirmation = 'run' | 'cancel' | Instead;

/** What a person wants instead of running the plan; the gate sends nothing and hands it back. */
export type Instead =
  | Review
  /** See what stands in the way of a target: what is registered with it. */
  | { readonly want: 'related'; readonly target: Target }
  /** Take away what stands in the way, as a plan of its own. */
  | { readonly want: 'remedy'; readonly action: ActionId; readonly targets: readonly Target[] };

/** Answers to several inputs of the action at once, the one that was asked among them. */
export interface Several {
  readonly answers: Answers;
}

/** Read the plan as a document. */
export interface Review {
  readonly want: 'review';
  readonly plan: Plan;
}

/** What must be typed before a dangerous plan runs. */
export interface TypedConfirmation {
  /** Says what is about to happen and what to type. */
  readonly prompt: string;
  readonly expected: string;
}

/** The user's choices that the gate depends on. */
export interface GateSettings {
  /** Plans of more targets than this ask for the number to be typed. */
  typedConfirmationAbove(): number;
}

/** One input of a group, and the ids it is about. */
export interface Need {
  readonly group: PlanGroup;
  readonly input: Input;
  readonly ids: readonly string[];
  /** What was answered before. */
  readonly answers: Answers;
}
