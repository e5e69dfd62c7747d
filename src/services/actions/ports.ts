/** Progress that a person can see and stop. */

import type { OptionNeed } from '../../core/kind';
import type { Plan } from './plan';

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
  /** A choice some targets need, such as Force. Undefined means the person turned away: nothing is sent. */
  askOption(need: OptionNeed, plan: Plan): Promise<boolean | undefined>;
  /** The modal. `review` opens the plan as a document and sends nothing. */
  confirm(plan: Plan): Promise<'run' | 'review' | 'cancel'>;
  /** Typed text, compared exactly; true only when it was typed. */
  confirmTyped(request: TypedConfirmation): Promise<boolean>;
  /** Nothing can be sent; says why for every target. */
  explainNothingToDo(plan: Plan): Promise<void>;
  /** A refusal of the whole request, by policy, level or bad arguments. */
  refuse(message: string): Promise<void>;
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
