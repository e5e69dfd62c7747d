import * as l10n from '@vscode/l10n';
import type { CloudRun } from '../../core/commands';
import type { Facet, FacetValue } from '../../core/facet';
import type { Item } from '../../core/item';
import { timeOf } from '../fields';

const hourMs = 3_600_000;

const ages: readonly (readonly [value: string, ms: number, label: () => string])[] = [
  ['hour', hourMs, () => l10n.t('Last hour')],
  ['day', 24 * hourMs, () => l10n.t('Last 24 hours')],
  ['week', 7 * 24 * hourMs, () => l10n.t('Last 7 days')],
];

const sizes: readonly (readonly [value: string, most: number, label: () => string])[] = [
  ['1', 1, () => l10n.t('One')],
  ['2-10', 10, () => l10n.t('2 to 10')],
  ['11-100', 100, () => l10n.t('11 to 100')],
];

/** What runs are told apart by besides their state and tags. */
export function runFacets(runOf: (item: Item) => CloudRun): Facet[] {
  return [
    { id: 'begun', values: (item, now) => begun(runOf(item), now) },
    { id: 'hostCount', values: (item) => hostCount(runOf(item)) },
  ];
}

/** Each value counts for what is older, too: a run of the last hour is one of the last day. */
function begun({ createdAt }: CloudRun, now: Date): FacetValue[] {
  const time = timeOf(createdAt);
  if (time === undefined) return [];
  const age = now.getTime() - time;
  const fitting = ages.filter(([, ms]) => age <= ms).map(([value, , label]): FacetValue => ({ value, label }));
  return fitting.length > 0 ? fitting : [{ value: 'older', label: () => l10n.t('Older') }];
}

function hostCount({ hostCount: count }: CloudRun): FacetValue[] {
  if (count === undefined || count === 0) return [];
  const [value, , label] = sizes.find(([, most]) => count <= most) ?? [
    'more',
    Infinity,
    (): string => l10n.t('More than 100'),
  ];
  return [{ value, label }];
}
