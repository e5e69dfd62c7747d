import * as l10n from '@vscode/l10n';
import type { Item, Kind } from '../../core/kind';

/** What the rows of a list can be grouped by. */
export const groupings = ['state', 'os', 'activation', 'tag', 'resourceGroup', 'agentVersion'] as const;
/** `tag` groups by the values of one tag key: `tag:team`. */
export type Grouping = Exclude<(typeof groupings)[number], 'tag'> | `tag:${string}`;

/** Reads a grouping that was kept for the workspace; undefined for anything else. */
export function parseGrouping(value: unknown): Grouping | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.startsWith('tag:') && value.length > 4) return `tag:${value.slice(4)}`;
  return groupings.find((g): g is Exclude<typeof g, 'tag'> => g !== 'tag' && g === value);
}

/** The group of a record: a key that stays the same, and words for people. */
export interface RowGroup {
  readonly key: string;
  readonly label: string;
}

/** The group a record belongs to. Records that do not say are together, under words that say so. */
export function groupOf(grouping: Grouping, kind: Kind, item: Item, now: Date): RowGroup {
  if (grouping === 'state') {
    const state = kind.state(item, now);
    return { key: `=${state.token}`, label: state.label() };
  }
  const value = facetOf(grouping, kind, item);
  return value === undefined || value === ''
    ? { key: '', label: l10n.t('(not known)') }
    : { key: `=${value}`, label: value };
}

function facetOf(grouping: Exclude<Grouping, 'state'>, kind: Kind, item: Item): string | undefined {
  const { os, activationId, resourceGroupId, agentVersion, tags } = kind.facets(item);
  switch (grouping) {
    case 'os':
      return os;
    case 'activation':
      return activationId;
    case 'resourceGroup':
      return resourceGroupId;
    case 'agentVersion':
      return agentVersion;
    default:
      return tags.find(({ key }) => key === grouping.slice('tag:'.length))?.value;
  }
}

/** The grouping in words, for the view's description. */
export function describeGrouping(grouping: Grouping): string {
  switch (grouping) {
    case 'state':
      return l10n.t('grouped by state');
    case 'os':
      return l10n.t('grouped by OS');
    case 'activation':
      return l10n.t('grouped by activation');
    case 'resourceGroup':
      return l10n.t('grouped by resource group');
    case 'agentVersion':
      return l10n.t('grouped by agent version');
    default:
      return l10n.t('grouped by tag {0}', grouping.slice('tag:'.length));
  }
}
