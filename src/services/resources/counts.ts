import * as l10n from '@vscode/l10n';
import { formatCount } from '../../util/format';
import { firstRows } from '../inventory/inventory';
import type { Listing } from '../inventory/listing';
import type { RowContext } from './rows';
import type { ShownList } from './shownList';

/** The count of a list; with a filter how many fit, and of how many: `12 of 1,234`, `12+ of 48,210` while some are unread. */
export function listCount(list: ShownList, listing: Listing, { view, language }: RowContext): string {
  if (view.filter === undefined) return readWords(list, listing, language);
  const fitting = list.rows?.count ?? 0;
  const whole = Object.keys(listing.filter).length === 0 ? listing : list.whole;
  const isAll = list.search?.isComplete === true || (!listing.hasMore && !list.isPartial);
  const count = `${formatCount(fitting, language)}${isAll ? '' : '+'}`;
  return whole?.total === undefined
    ? l10n.t('{0} match', count)
    : l10n.t('{0} of {1}', count, countWords(whole, language));
}

/** How many there are; where only a part of them is read, how many of how many. */
function readWords({ kind }: ShownList, listing: Listing, language: string): string {
  const { items, total = 0, reading, wanted } = listing;
  const all = countWords(listing, language);
  // A short list that is being read is complete in a moment; a long one shows how far it is.
  const isPart =
    total > items.size + 1 && (!reading || (items.size > 0 && wanted > (kind?.list.firstRows ?? firstRows)));
  return isPart ? l10n.t('{0} of {1}', formatCount(items.size, language), all) : all;
}

/** How many there are, as far as it is known: `1,234`, `2,000+`, `…`; or why it is not. */
export function listWords(listing: Listing, count: string): string {
  if (listing.unsupported) return l10n.t('not offered in this region');
  if (listing.reading) return listing.items.size === 0 ? '…' : `${count} …`;
  if (listing.error !== undefined) return l10n.t('could not be read');
  return listing.total === undefined ? '' : count;
}

/** The total where the cloud tells it; where it only says "there are more", `2,000+`. */
export function countWords(listing: Pick<Listing, 'items' | 'total'>, language: string): string {
  const known = listing.items.size;
  const total = listing.total ?? known;
  if (total <= known) return formatCount(known, language);
  return total === known + 1 ? `${formatCount(known, language)}+` : formatCount(total, language);
}
