import * as l10n from '@vscode/l10n';
import { facetIds, facetType, hasKeys, type FacetId } from '../../core/facet';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { facetOf } from '../inventory/filter';

/** The facet that rows are grouped by; with the key where values have one: `tag:team`. */
export type Grouping = Exclude<FacetId, 'tag'> | `tag:${string}`;

/** Reads a grouping that was kept for the workspace; undefined for anything else. */
export function parseGrouping(value: unknown): Grouping | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.startsWith('tag:') && value.length > 4) return `tag:${value.slice(4)}`;
  return facetIds.find((id): id is Exclude<FacetId, 'tag'> => !hasKeys(id) && id === value);
}

/** The facet of a grouping, and the key of its values where they have one. */
export function partsOf(grouping: Grouping): { readonly id: FacetId; readonly key: string | undefined } {
  const id = facetIds.find((known) => known === grouping);
  return id === undefined ? { id: 'tag', key: grouping.slice('tag:'.length) } : { id, key: undefined };
}

/** The group of a record: a key that stays the same, and words for people. */
export interface RowGroup {
  readonly key: string;
  readonly label: string;
}

/** The group a record belongs to. Records that do not say are together, under words that say so. */
export function groupOf(grouping: Grouping, kind: Kind, item: Item, now: Date): RowGroup {
  const { id, key } = partsOf(grouping);
  const found = facetOf(kind, id)
    ?.values(item, now)
    .find((one) => one.key === key);
  return found === undefined || found.value === ''
    ? { key: '', label: l10n.t('(not known)') }
    : { key: `=${found.value}`, label: found.label?.() ?? found.value };
}

/** The grouping in words, for the view's description. */
export function describeGrouping(grouping: Grouping): string {
  const { id, key } = partsOf(grouping);
  return facetType(id).grouped(key ?? '');
}
