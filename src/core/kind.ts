import type { Facet } from './facet';
import type { AnswerError } from './wire';
import type { Operation } from './operation';
import type { NumberedPages, Pager } from './pager';
import type { KindId } from './target';

/** One record of a list as the cloud sent it: the fields we know are coerced, all others are kept. */
export type Item = Readonly<Record<string, unknown>>;

/** How a state looks: a token for menus and tests, words for people, an icon beside the words. */
export interface State {
  /** One word, stable, used in `contextValue`: `connected`, `Running`, `expired`. */
  readonly token: string;
  readonly label: () => string;
  /** A codicon id, for example `vm-running`. Never the only sign of the state. */
  readonly icon: string;
  readonly tone: 'good' | 'muted' | 'warning' | 'bad';
}

/** What a list can be narrowed to; a kind ignores what its API cannot filter by. */
export interface ListFilter {
  /** Part of a name; where the API has wildcards or fuzzy search only. */
  readonly name?: string;
  readonly ids?: readonly string[];
  readonly activationId?: string;
  readonly osType?: string;
  readonly resourceGroupId?: string;
  readonly tag?: { readonly key: string; readonly value?: string };
  readonly connected?: boolean;
  readonly status?: string;
}

/** How all records of one kind are read, page by page. */
export interface ListSource {
  readonly operation: Operation;
  /** Reads from page to page. */
  readonly pager: Pager;
  /** Absent where the API has no page numbers. */
  readonly numbered?: NumberedPages;
  /** Parameters that narrow the list on the server. */
  readonly filter: (filter: ListFilter) => Record<string, unknown>;
  /** A list narrowed by tag or resource group holds at most so many, however many fit; absent where it holds all. */
  readonly narrowedAtMost?: number;
  readonly items: (value: unknown) => readonly Item[];
}

/** How named records are read again, for checks before and after a change. Uses the list's operation. */
export interface Lookup {
  readonly idsPerCall: number;
  readonly params: (ids: readonly string[]) => Record<string, unknown>;
}

/** What the API itself can find by a text that a person has at hand. */
export interface KindSearch {
  /** Parameters of the list's operation, one call each. */
  readonly calls: readonly Readonly<Record<string, unknown>>[];
  /** Whether the calls find every resource with this id, address or part of a name. */
  readonly findsAll: boolean;
}

/** The sections of the details view, in their order; a field of none stands behind them. */
export const fieldSections = ['identity', 'state', 'network', 'disks', 'billing', 'times', 'tags'] as const;
export type FieldSection = (typeof fieldSections)[number];

/** One line of the details view. */
export interface Field {
  /** The wire name, dotted for nested fields. */
  readonly name: string;
  readonly label: () => string;
  readonly type: 'text' | 'time' | 'count' | 'flag' | 'tags' | 'list';
  readonly section?: FieldSection | undefined;
  readonly value: (item: Item) => unknown;
}

/** Something a person should know before a destructive call. */
export interface Finding {
  /** `refused`: the cloud will say no. `warning`: it will go through, and this follows or may follow. */
  readonly level: 'refused' | 'warning';
  /** A stable word for tests and documents: `deletionProtection`, `inUse`. */
  readonly code: string;
  readonly text: string;
  /** The option (`OptionNeed.name`) that makes the cloud accept it all the same, for example `Force`. */
  readonly liftedBy?: string;
}

/** A choice that a destructive call needs for some resources; never on by default. */
export interface OptionNeed {
  /** The wire parameter, for example `Force`. */
  readonly name: string;
  readonly question: string;
  readonly detail: string;
  /** Which of the items need it. */
  readonly ids: readonly string[];
  /** Another option without which this one means nothing: it is then not asked for. */
  readonly onlyWith?: string;
}

/** The choices the user made, by wire parameter. Absent means "not asked for". */
export type ChosenOptions = Readonly<Record<string, boolean>>;

/** The cloud's own rehearsal of a destructive call. */
export interface DryRun {
  readonly operation: Operation;
  readonly idsPerCall: number;
  readonly params: (ids: readonly string[], options: ChosenOptions) => Record<string, unknown>;
  /** Both clouds report "it would have worked" as an error with one of these codes. */
  readonly passedCodes: readonly string[];
}

/** What was removed, as the journal has it. */
export interface Removed {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  /** The record as the cloud last showed it; empty where that is not known. */
  readonly item: Item;
}

/** The one destructive thing that can be done to a kind. */
export interface DestroyAction {
  readonly verb: 'deregister' | 'delete' | 'release';
  /** The command without its prefix, as in the manifest. */
  readonly command: 'deregisterManagedInstance' | 'deleteActivation' | 'deleteInstances';
  readonly operation: Operation;
  readonly idsPerCall: number;
  readonly params: (ids: readonly string[], options: ChosenOptions) => Record<string, unknown>;
  /** Codes that mean the target no longer exists. */
  readonly goneCodes: readonly string[];
  /** One bad id makes the cloud refuse the whole call: the others were then not touched. */
  readonly allOrNothing: boolean;
  /** The cloud accepts the call first and carries it out over the next seconds. */
  readonly settlesLater: boolean;
  /** What can be told from the record alone. */
  readonly findings: (item: Item, now: Date) => readonly Finding[];
  /** What stays, costs or is lost afterwards, for this record; said in the plan. */
  readonly leftBehind: (item: Item) => readonly string[];
  readonly options: (
    items: readonly { readonly id: string; readonly item: Item }[],
    now: Date,
  ) => readonly OptionNeed[];
  readonly dryRun?: DryRun;
  /**
   * What an answer that is a success as a whole says of each resource: its error, or undefined where it was accepted.
   * Ids it does not name are absent, and are read again before they are believed to be gone. Undefined where the
   * answer names nobody and so speaks for all that were asked for.
   */
  readonly outcomes?: (value: unknown) => ReadonlyMap<string, AnswerError | undefined> | undefined;
  /** How to bring it back, as text to copy: commands, with names for what must be filled in. Absent where nothing can. */
  readonly recipe?: (removed: Removed) => string;
  readonly words: DestroyWords;
}

/** Sentences of one destructive action, in the user's language. Names and ids are put in by the caller. */
export interface DestroyWords {
  /** The button and the menu: "Deregister". */
  readonly button: () => string;
  /** "Deregister 3 managed instances?"; for a single one its name: "Deregister the managed instance "web-01"?" */
  readonly question: (count: number, name: string) => string;
  /** The same as the name of what is done: "Deregister 3 managed instances". */
  readonly task: (count: number) => string;
  /** What choosing an option means: "cut the power (ForceStop)"; absent where there are no options. */
  readonly option?: (name: string) => string;
  /** What will happen, in one or two sentences. */
  readonly consequence: (count: number) => string;
  /** "Deregistering" for progress. */
  readonly doing: () => string;
  /** "Deregistered" for results. */
  readonly done: () => string;
}

/** What comes into being with the help of a resource: which kind it is, and how its list is narrowed to it. */
export interface Registers {
  readonly kind: KindId;
  readonly filter: (id: string) => Pick<ListFilter, 'activationId' | 'resourceGroupId'>;
}

/** One kind of resource of one cloud: how to list, show, read again and remove it. */
export interface Kind {
  readonly id: KindId;
  /** A codicon id. */
  readonly icon: string;
  /** "managed instance" */
  readonly one: () => string;
  /** "Managed Instances" */
  readonly many: () => string;
  readonly list: ListSource;
  readonly lookup: Lookup;
  /** How to find by id, name or address without reading the list; absent where the API has nothing for it. */
  readonly search?: (text: string) => KindSearch;
  readonly identify: (item: Item) => string;
  /** What its owner calls it; the id where it has no name. */
  readonly name: (item: Item) => string;
  readonly state: (item: Item, now: Date) => State;
  /** Short facts shown beside the name, most telling first. */
  readonly summary: (item: Item, now: Date) => readonly string[];
  /** What its rows can be filtered and grouped by, besides their state. */
  readonly facets: readonly Facet[];
  /** Host names and addresses, by which a text filter finds a row besides its name and id. */
  readonly texts: (item: Item) => readonly string[];
  /** What must be the same when a reviewed resource is about to be destroyed. Keys are wire names. */
  readonly fingerprint: (item: Item) => Readonly<Record<string, string | undefined>>;
  readonly fields: readonly Field[];
  /** Absent where nothing is registered with it. */
  readonly registers?: Registers;
  readonly destroy?: DestroyAction;
}
