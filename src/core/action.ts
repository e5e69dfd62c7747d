import * as l10n from '@vscode/l10n';
import type { FollowedGoal, HostRecords } from './followed';
import type { Answers, Input } from './input';
import type { Item } from './item';
import type { Danger, Operation } from './operation';
import type { Pager } from './pager';
import type { AnswerError } from './wire';

/** The command's name without its prefix. Kinds and clouds may share one: `deleteInstances`. */
export type ActionId = string;

/**
 * Something a person can do to resources, declared once by their kind. Menus, palette, questions, policy, gate, run,
 * history and the manifest derive from it; nothing else sends a call that changes anything.
 */
export interface Action {
  readonly id: ActionId;
  /**
   * The command that one row has instead, where clouds that share the id have another word for it. Beside a selection of
   * many, which may be of several clouds, all have the one that they share.
   */
  readonly row?: { readonly command: ActionId; readonly title: () => string };
  readonly operation: Operation;
  /** What a mistake costs under these answers, where that differs from what it costs at worst (`operation.danger`). */
  readonly danger?: (answers: Answers) => Danger;
  /** Where menus have it; `more` is behind "More Actions", for what is done once in a while. */
  readonly menu: 'run' | 'power' | 'settings' | 'more' | 'remove';
  readonly ids: ActionIds;
  /** Where one call cannot serve all: resources of different parts are answered for and called separately. */
  readonly part?: (item: Item) => string;
  readonly inputs: readonly Input[];
  readonly params: (ids: readonly string[], answers: Answers) => Record<string, unknown>;
  /** Whether menus offer it for a resource in this state; absent where they always do. */
  readonly offered?: (item: Item, now: Date) => boolean;
  readonly review: Review;
  readonly goal: Goal;
  /** What it is instead under these answers, always the same object; with its id and inputs, by which it is found again. */
  readonly under?: (answers: Answers) => Action | undefined;
  /**
   * What an answer that is a success as a whole says of each resource: its error, or undefined where it was accepted.
   * Ids it does not name are absent, and are read again before they are believed. Undefined where the answer names
   * nobody and so speaks for all that were asked for.
   */
  readonly outcomes?: (value: unknown) => ReadonlyMap<string, AnswerError | undefined> | undefined;
  /** What the journal keeps of a call, where that is not all: what may hold a secret is left out and asked again. */
  readonly kept?: {
    readonly params: (params: Readonly<Record<string, unknown>>) => Record<string, unknown>;
    readonly answers: (answers: Answers) => Answers;
  };
  readonly words: ActionWords;
}

/** How the resources of a call are named. */
export interface ActionIds {
  /** The parameter that names them and no other: what stands in it is compared with what was confirmed. */
  readonly param: string;
  readonly perCall: number;
  /** One bad id makes the cloud refuse the whole call: the others were then not touched. */
  readonly allOrNothing?: boolean;
  /** It makes no sense for several at once, as a name does not. */
  readonly onlyOne?: boolean;
}

/** What is looked at before a person is asked. */
export interface Review {
  /** What can be told from the record and the answers; none are given yet while a row or a draft is looked at. */
  readonly findings: (item: Item, now: Date, answers: Answers) => readonly Finding[];
  /** What must still be the same when the call is about to be sent. Keys are wire names. */
  readonly sameAs: (item: Item) => Readonly<Record<string, string | undefined>>;
  /** What stays, costs or is lost afterwards, for this record; said in the plan. */
  readonly leftBehind?: (item: Item, answers: Answers) => readonly string[];
  readonly dryRun?: DryRun;
  /** What the record does not have and a call depends on, such as whether an agent answers. */
  readonly beside?: Beside;
}

/** A further reading about the resources, while a plan is made. */
export interface Beside {
  readonly operation: Operation;
  readonly idsPerCall: number;
  readonly pager: Pager;
  readonly params: (ids: readonly string[]) => Record<string, unknown>;
  /** What a page says, by id; it counts what it could not read (`droppedFrom`). */
  readonly read: (value: unknown) => readonly (readonly [id: string, findings: readonly Finding[]])[];
  /** What is found of a resource that no page of a whole answer names. */
  readonly missing: () => Finding;
  /** What is found of a resource of which the answer does not tell in a readable way; `why` where it is known. */
  readonly unclear: (why?: string) => Finding;
}

/** Something a person should know before a call. */
export interface Finding {
  /** `refused`: the cloud will say no. `warning`: it will go through, and this follows or may follow. */
  readonly level: 'refused' | 'warning';
  /** A stable word for tests and documents: `deletionProtection`, `inUse`. */
  readonly code: string;
  readonly text: string;
  /** The flag (`Input.name`) that makes the cloud accept it all the same, for example `Force`. */
  readonly liftedBy?: string;
  /** The action that takes the reason away, offered as a plan of its own. */
  readonly remedy?: ActionId;
}

/** The cloud's own rehearsal of a call. */
export interface DryRun {
  readonly operation: Operation;
  readonly idsPerCall: number;
  readonly params: (ids: readonly string[], answers: Answers) => Record<string, unknown>;
  /** Both clouds report "it would have worked" as an error with one of these codes. */
  readonly passedCodes: readonly string[];
}

/** What "done" means, and how it is told. */
export type Goal = GoneGoal | StateGoal | CreatedGoal | FollowedGoal;

/** The resource exists no longer. */
export interface GoneGoal {
  readonly type: 'gone';
  /** Codes that mean the target no longer exists. */
  readonly codes: readonly string[];
  /** The cloud accepts the call first and carries it out over the next seconds. */
  readonly settlesLater: boolean;
  /** How to bring it back, as text to copy: commands, with names for what must be filled in. Absent where nothing can. */
  readonly recipe?: (removed: Removed) => string;
}

/** The resource is in another state, or has another value, than before. */
export interface StateGoal {
  readonly type: 'state';
  /** Whether the record as it is now has what was asked for. */
  readonly reached: (item: Item, call: Asked) => boolean;
  /** Whether the record is on its way there. */
  readonly isUnderWay?: (item: Item) => boolean;
  /** Codes that mean it is so already. */
  readonly codes: readonly string[];
  readonly settlesLater: boolean;
  /** What goes on on many hosts: how far each of them is, read while it is waited for and told in numbers. */
  readonly hosts?: HostRecords;
  /** The answers that bring back what was before; absent where nothing does. */
  readonly undo?: (before: Item, answers: Answers) => Answers | undefined;
}

/**
 * Something exists that did not. Its targets are named by what it will be called, for it has no id before: one creation
 * under this name in this place.
 */
export interface CreatedGoal {
  readonly type: 'created';
  readonly codes: readonly string[];
  readonly settlesLater: boolean;
  /** Parameters of the list's operation that find what has this name, and maybe more. */
  readonly named: (name: string) => Record<string, unknown>;
  /** Whether a record is what was asked for: under this name, with this content. */
  readonly isIt: (item: Item, name: string, answers: Answers) => boolean;
}

/** What was asked for, as far as it tells whether it was reached. */
export interface Asked {
  readonly answers: Answers;
  /** The record as it was before the call; undefined where that is not known, and while a plan is made. */
  readonly before: Item | undefined;
  /** Whether the record was seen under way since the call. */
  readonly seenUnderWay: boolean;
}

/** What was removed, as the journal has it. */
export interface Removed {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  /** The record as the cloud last showed it; empty where that is not known. */
  readonly item: Item;
}

/** Sentences of one action, in the user's language. Names and ids are put in by the caller. */
export interface ActionWords {
  /** The button and the menu: "Deregister". The menu adds an ellipsis. */
  readonly button: (answers?: Answers) => string;
  /** The command in menus and palette, without the ellipsis that is added: "Deregister Managed Instance". */
  readonly command: () => string;
  /** What the palette's steps are titled: "Deregister managed instances". */
  readonly title: () => string;
  /** "Deregister 3 managed instances?"; for a single one its name: "Deregister the managed instance "web-01"?" */
  readonly question: (count: number, name: string, answers: Answers) => string;
  /** The same as the name of what is done: "Deregister 3 managed instances". */
  readonly task: (count: number, answers: Answers) => string;
  /** What an answer means: "cut the power (ForceStop)"; undefined where it is not worth a line. */
  readonly answer?: (name: string, answers: Answers) => string | undefined;
  /** What will happen, in one or two sentences. */
  readonly consequence: (count: number, answers: Answers) => string;
  /** "Deregistering" for progress. */
  readonly doing: () => string;
  /** "Deregistered" for results. */
  readonly done: (answers?: Answers) => string;
  /** The outcome of one resource: "deregistered", and "already stopped" where there was nothing to do. */
  readonly outcome: OutcomeWords;
}

/** What a mistake costs under these answers. */
export function dangerOf(action: Action, answers: Answers): Danger {
  return action.danger?.(answers) ?? action.operation.danger;
}

/** The one action of a kind that removes its resources; undefined where there is none. */
export function removalOf(kind: { readonly actions: readonly Action[] }): Action | undefined {
  return kind.actions.find(({ goal }) => goal.type === 'gone');
}

/** How outcomes are called. */
export interface OutcomeWords {
  readonly done: () => string;
  readonly already: () => string;
  /** Of a resource that is as it was before the call. */
  readonly open?: () => string;
}

/** The outcomes in the words of all these actions: their own where they share them, those of removing where all remove. */
export function outcomeWords(actions: readonly Action[]): OutcomeWords | undefined {
  const words = actions.map((action) => action.words.outcome);
  const areRemovals = actions.length > 0 && actions.every(({ goal }) => goal.type === 'gone');
  const open = areRemovals ? { open: () => l10n.t('still there') } : {};
  const [first] = words;
  if (first !== undefined && new Set(words.map(({ done }) => done())).size === 1) return { ...first, ...open };
  return areRemovals ? { done: () => l10n.t('deleted'), already: () => l10n.t('already gone'), ...open } : undefined;
}

interface Acting {
  readonly actions: readonly Action[];
  readonly saving?: { readonly create: Action; readonly replace?: Action; readonly edit?: Action };
}

/** Everything that can be done with a kind, also what is no action of its rows. */
export function allActionsOf({ actions, saving }: Acting): readonly Action[] {
  const { create, replace, edit } = saving ?? {};
  return saving === undefined ? actions : [...actions, ...[create, replace, edit].filter((one) => one !== undefined)];
}

export function actionOf(kind: Acting, id: ActionId): Action | undefined {
  return allActionsOf(kind).find((action) => action.id === id);
}

/** The answers as the journal keeps them. */
export function answersKept({ goal, kept }: Action, answers: Answers): Answers {
  if (goal.type === 'followed') return goal.recordedAnswers(answers);
  return kept === undefined ? answers : kept.answers(answers);
}

/** The parameters as the journal keeps them. */
export function paramsKept(
  { goal, kept }: Action,
  params: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (goal.type === 'followed') return goal.recorded(params);
  return kept === undefined ? params : kept.params(params);
}
