import type { Action } from './action';
import type { Facet } from './facet';
import type { HostRecords } from './followed';
import type { Item } from './item';
import type { Operation } from './operation';
import type { NumberedPages, Pager } from './pager';
import type { StoredScript } from './script';
import type { State } from './state';
import type { KindId } from './target';

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
  /** How many rows are read before anybody asks for more; absent for what the lists of resources read. */
  readonly firstRows?: number;
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
export const fieldSections = ['identity', 'state', 'script', 'network', 'disks', 'billing', 'times', 'tags'] as const;
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

/** What comes into being with the help of a resource: which kind it is, and how its list is narrowed to it. */
export interface Registers {
  readonly kind: KindId;
  readonly filter: (id: string) => Pick<ListFilter, 'activationId' | 'resourceGroupId'>;
}

/** What hosts said, of which a resource is the record. */
export interface HostResults {
  readonly records: HostRecords;
  /** Which kind a host with this id is of. */
  readonly kindOf: (id: string) => KindId;
  /** "disk.sh, Shell"; what was run, in words. */
  readonly script: (item: Item) => string;
}

/** One kind of resource of one cloud: how to list, show and read it again, and what can be done to it. */
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
  /** What the system of a host is called; absent for what is no host. */
  readonly hostName?: (item: Item) => string | undefined;
  /** The addresses of a host, the one that its row shows first; absent for what is no host. */
  readonly addresses?: (item: Item) => readonly string[];
  /** Host names and addresses, by which a text filter finds a row besides its name and id. */
  readonly texts: (item: Item) => readonly string[];
  readonly fields: readonly Field[];
  /** When a record came to be, in milliseconds, for kinds whose newest rows stand first; the others go by name. */
  readonly time?: (item: Item) => number | undefined;
  /** Its records tell what happened, not what there is: a region that has nothing else is empty, and no search reads them all. */
  readonly isHistory?: boolean;
  /** Absent for what is no record of a run. */
  readonly results?: HostResults;
  /** Absent where nothing is registered with it. */
  readonly registers?: Registers;
  /**
   * Stands beside hosts and is read only where it is looked at: no region is counted by it. `shared`: everybody has
   * the same, so that it says nothing of a region either.
   */
  readonly beside?: 'own' | 'shared';
  /** The record as the journal keeps it, without what may hold a secret; absent where that is all of it. */
  readonly recorded?: (item: Item) => Item;
  /** The script that a record holds; absent for what holds none. */
  readonly script?: (item: Item) => StoredScript | undefined;
  /** How scripts are saved as records of this kind; absent where they cannot be. */
  readonly saving?: Saving;
  /** Everything that can be done to a resource of this kind, in the order of the menu. */
  readonly actions: readonly Action[];
}

/** Saving a script: under a new name, or in place of another one. */
export interface Saving {
  readonly create: Action;
  /** Makes what is to stand in place of another one, which is removed afterwards: a script cannot be changed. */
  readonly replace?: Action;
  /** Changes the script of a record. */
  readonly edit?: Action;
  /** Why the cloud would refuse a name; undefined where nothing speaks against it. */
  readonly nameProblem: (name: string) => string | undefined;
}

/** Whether resources of a kind are counted as hosts: what helps others into being or stands beside them is not. */
export function isHost({ registers, beside }: Pick<Kind, 'registers' | 'beside'>): boolean {
  return registers === undefined && beside === undefined;
}
