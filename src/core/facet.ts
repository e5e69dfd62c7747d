import * as l10n from '@vscode/l10n';
import type { Item } from './item';
import type { State } from './state';

/**
 * What rows are told apart by, the same for every cloud and kind: filter, grouping, choices and text search derive
 * from this table and from the facets that a kind declares.
 */
export interface FacetType {
  /** "Operating system" */
  readonly label: () => string;
  /** The same where it opens a list of values: "Operating system…" */
  readonly choose: () => string;
  /** A codicon id. */
  readonly icon: string;
  /** "OS: linux"; in the view's description. */
  readonly filtered: (value: string) => string;
  /** "grouped by OS"; `key` where values have one. */
  readonly grouped: (key: string) => string;
  /** Clouds spell the same value in different ways. */
  readonly ignoresCase?: boolean;
  /** Only records of what happened have it, and no hosts. */
  readonly isOfHistory?: boolean;
  /** Values have words of their own, which the rows that have them tell. */
  readonly hasWords?: boolean;
  /** Values have a key and are grouped by those of one key. */
  readonly hasKeys?: boolean;
}

/** In the order in which they are offered. The names are kept in workspaces. */
export const facetTypes = {
  state: {
    label: () => l10n.t('State'),
    choose: () => l10n.t('State…'),
    icon: 'pulse',
    filtered: (value) => l10n.t('state: {0}', value),
    grouped: () => l10n.t('grouped by state'),
    ignoresCase: true,
    hasWords: true,
  },
  os: {
    label: () => l10n.t('Operating system'),
    choose: () => l10n.t('Operating system…'),
    icon: 'device-desktop',
    filtered: (value) => l10n.t('OS: {0}', value),
    grouped: () => l10n.t('grouped by OS'),
    ignoresCase: true,
  },
  tag: {
    label: () => l10n.t('Tag'),
    choose: () => l10n.t('Tag…'),
    icon: 'tag',
    filtered: (value) => l10n.t('tag: {0}', value),
    grouped: (key) => l10n.t('grouped by tag {0}', key),
    hasKeys: true,
  },
  activation: {
    label: () => l10n.t('Activation'),
    choose: () => l10n.t('Activation…'),
    icon: 'key',
    filtered: (value) => l10n.t('activation: {0}', value),
    grouped: () => l10n.t('grouped by activation'),
  },
  resourceGroup: {
    label: () => l10n.t('Resource group'),
    choose: () => l10n.t('Resource group…'),
    icon: 'folder',
    filtered: (value) => l10n.t('resource group: {0}', value),
    grouped: () => l10n.t('grouped by resource group'),
  },
  agentVersion: {
    label: () => l10n.t('Agent version'),
    choose: () => l10n.t('Agent version…'),
    icon: 'versions',
    filtered: (value) => l10n.t('agent version: {0}', value),
    grouped: () => l10n.t('grouped by agent version'),
  },
  begun: {
    label: () => l10n.t('Start time'),
    choose: () => l10n.t('Start time…'),
    icon: 'history',
    filtered: (value) => l10n.t('start time: {0}', value),
    grouped: () => l10n.t('grouped by start time'),
    hasWords: true,
    isOfHistory: true,
  },
  hostCount: {
    label: () => l10n.t('Number of instances'),
    choose: () => l10n.t('Number of instances…'),
    icon: 'server',
    filtered: (value) => l10n.t('number of instances: {0}', value),
    grouped: () => l10n.t('grouped by number of instances'),
    hasWords: true,
    isOfHistory: true,
  },
} as const satisfies Readonly<Record<string, FacetType>>;

export type FacetId = keyof typeof facetTypes;

// The keys of the table are exactly its names.
export const facetIds = Object.keys(facetTypes) as readonly FacetId[];

/** What hosts are told apart by. */
export const hostFacetIds = facetIds.filter((id) => facetType(id).isOfHistory !== true);

/** The words and habits of a facet. */
export function facetType(id: FacetId): FacetType {
  return facetTypes[id];
}

/** Whether the values of a facet have keys. */
export function hasKeys(id: FacetId): id is 'tag' {
  return facetType(id).hasKeys === true;
}

/** A value that a record has. */
export interface FacetValue {
  readonly value: string;
  /** Of facets whose values have keys. */
  readonly key?: string;
  /** In the user's language; absent where the value is said as it is. */
  readonly label?: () => string;
}

/** How the records of a kind are told apart in one way. No value is "the record does not say". */
export interface Facet {
  readonly id: FacetId;
  readonly values: (item: Item, now: Date) => readonly FacetValue[];
}

/** A facet of which a record has one value at most. Empty text is none. */
export function facet(id: Exclude<FacetId, 'state' | 'tag'>, read: (item: Item) => string | undefined): Facet {
  return { id, values: (item) => valuesOf(read(item)) };
}

export function tagFacet(read: (item: Item) => readonly { readonly key: string; readonly value: string }[]): Facet {
  return { id: 'tag', values: read };
}

export function stateFacet(state: (item: Item, now: Date) => State): Facet {
  return {
    id: 'state',
    values: (item, now) => {
      const { token, label } = state(item, now);
      return [{ value: token, label }];
    },
  };
}

function valuesOf(value: string | undefined): readonly FacetValue[] {
  return value === undefined || value === '' ? [] : [{ value }];
}
