import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import type { Item, ListFilter, ListSource } from '../../core/kind';
import type { KindId, Place } from '../../core/target';
import type { Exchange } from '../../core/exchange';
import { allowManyListeners } from '../../util/abort';
import { forEachLimited } from '../../util/async';
import type { Clock } from '../../util/clock';

/** The rows of one list as they are known, while they are being read and afterwards. */
export class Listing {
  /** By id, in the order in which they arrived. */
  items: Map<string, Item> = new Map();
  /** How many the cloud says there are; undefined while unknown. */
  total: number | undefined;
  /** When the rows were last completely read as far as wanted. */
  readAt: Date | undefined;
  error: CloudError | undefined;
  /** The cloud does not offer this in the region: a fact, not a failure. */
  unsupported = false;
  reading = false;
  /** The answer of the first page, for "Open Response". */
  exchangeId: string | undefined;
  /** How many rows were asked for. */
  wanted = 0;
  /** Where reading can go on, when it ended before the last row. */
  resume: ResumePoint | undefined;
  origin: { readonly place: Place; readonly kind: KindId } | undefined;
  /** Settles when the first page is there or reading failed. Never rejects. */
  firstPage: Promise<void> = Promise.resolve();
  /** Settles when reading ended. Never rejects. */
  finished: Promise<void> = Promise.resolve();
  private abort = new AbortController();
  /** Rows taken away while pages are on their way: a page read before must not bring them back. */
  private readonly goneMeanwhile = new Set<string>();
  /** What the reading under way has gathered; not shown yet where old rows stay until it is complete. */
  private incoming = this.items;

  constructor(readonly filter: ListFilter) {}

  /** Whether the cloud has rows that were not read. */
  get hasMore(): boolean {
    return this.total !== undefined && this.total > this.items.size;
  }

  stop(): void {
    this.abort.abort();
  }

  begin(wanted: number, incoming: Map<string, Item>): AbortSignal {
    this.abort.abort();
    this.abort = new AbortController();
    this.wanted = wanted;
    this.incoming = incoming;
    this.reading = true;
    this.goneMeanwhile.clear();
    return allowManyListeners(this.abort.signal);
  }

  /** Whether the reading that got this signal is still the one that counts. */
  isCurrent(signal: AbortSignal): boolean {
    return this.abort.signal === signal;
  }

  wasTakenAway(id: string): boolean {
    return this.goneMeanwhile.has(id);
  }

  /** Puts fresh records in place of the named rows; rows without one are taken away. True if anything changed. */
  replace(ids: readonly string[], found: ReadonlyMap<string, Item>): boolean {
    let changed = false;
    for (const id of ids) {
      const fresh = found.get(id);
      const isShown = this.items.has(id);
      for (const rows of [this.items, this.incoming]) {
        if (fresh === undefined) rows.delete(id);
        else if (rows.has(id)) rows.set(id, fresh);
      }
      if (fresh === undefined && this.reading) this.goneMeanwhile.add(id);
      if (!isShown) continue;
      if (fresh === undefined) this.total = this.total === undefined ? undefined : this.total - 1;
      changed = true;
    }
    return changed;
  }
}

/** The page or the token behind the rows that are there. */
interface ResumePoint {
  readonly page?: number;
  readonly token?: string;
}

export interface ListingReader {
  /** Go on behind the rows that are there, instead of reading all of them again. */
  readonly more: boolean;
  readonly source: ListSource;
  readonly identify: (item: Item) => string;
  readonly wanted: number;
  readonly clock: Clock;
  readonly unsupportedCodes: readonly string[];
  readonly call: (
    params: Record<string, unknown>,
    signal: AbortSignal,
  ) => Promise<{ readonly value: unknown; readonly exchange: Exchange }>;
  readonly onDidChange: () => void;
}

/** Pages in flight for one list; the account's throttle bounds all lists together. */
const pagesAtOnce = 10;

/** Starts reading; the listing tells how it goes. Old rows stay until the new ones are complete. */
export function readListing(listing: Listing, reader: ListingReader): void {
  const from = reader.more ? listing.resume : undefined;
  const fresh = new Map(from === undefined ? [] : listing.items);
  const signal = listing.begin(reader.wanted, fresh);
  const refreshing = from === undefined && listing.items.size > 0;
  let showFirst: () => void = () => undefined;
  listing.firstPage = new Promise((resolve) => (showFirst = resolve));
  const landed = (items: readonly Item[]): void => {
    if (!listing.isCurrent(signal)) return;
    for (const item of items) if (!listing.wasTakenAway(reader.identify(item))) fresh.set(reader.identify(item), item);
    if (refreshing) return;
    listing.items = fresh;
    showFirst();
    reader.onDidChange();
  };
  const finish = async (): Promise<void> => {
    try {
      await readPages({ listing, reader, page: pageReader(listing, reader, signal, landed), fresh }, from);
      if (!listing.isCurrent(signal)) return;
      listing.items = fresh;
      listing.error = undefined;
      listing.unsupported = false;
      listing.readAt = reader.clock.now();
    } catch (error) {
      if (listing.isCurrent(signal)) fail(listing, reader, error, signal);
    } finally {
      showFirst();
      if (listing.isCurrent(signal)) {
        listing.reading = false;
        reader.onDidChange();
      }
    }
  };
  listing.finished = finish();
}

function fail(listing: Listing, reader: ListingReader, error: unknown, signal: AbortSignal): void {
  if (signal.aborted || CloudError.is(error, 'cancelled')) {
    // Stopped by the user: what has arrived is shown, with its age, and can be completed later. A list of which
    // nothing has arrived is not known to be empty.
    if (listing.total !== undefined) listing.readAt ??= reader.clock.now();
    return;
  }
  const failure = CloudError.is(error)
    ? error
    : new CloudError(String(error), { reason: 'unexpectedAnswer', delivery: 'answered', cause: error });
  listing.exchangeId = failure.exchangeId ?? listing.exchangeId;
  listing.unsupported = failure.code !== undefined && reader.unsupportedCodes.includes(failure.code);
  listing.error = failure;
}

/** Reads one page and shows its rows. */
type PageReader = (params: Record<string, unknown>) => Promise<unknown>;

function pageReader(
  listing: Listing,
  reader: ListingReader,
  signal: AbortSignal,
  landed: (items: readonly Item[]) => void,
): PageReader {
  const narrow = reader.source.filter(listing.filter);
  let isFirst = true;
  return async (params) => {
    const { value, exchange } = await reader.call({ ...narrow, ...params }, signal);
    // A later reading has begun meanwhile: nothing of this one counts any more.
    if (!listing.isCurrent(signal)) throw new CloudError('', { reason: 'cancelled', delivery: 'answered' });
    if (isFirst) listing.exchangeId = exchange.id;
    isFirst = false;
    landed(reader.source.items(value));
    return value;
  };
}

/** One reading of a list: what it fills and how it asks. */
interface Reading {
  readonly listing: Listing;
  readonly reader: ListingReader;
  readonly page: PageReader;
  readonly fresh: Map<string, Item>;
}

async function readPages(reading: Reading, from: ResumePoint | undefined): Promise<void> {
  const { listing, reader, page, fresh } = reading;
  const { byNumber, pageSize, total: totalOf, next } = reader.source;
  listing.resume = undefined;
  if (byNumber === undefined || from?.token !== undefined) return walk(reading, from?.token);
  const start = from?.page ?? 1;
  const before = listing.total;
  const first = await page(byNumber(start, pageSize));
  const total = totalOf(first);
  // A cloud that no longer knows page numbers answers the first page with a token and no total.
  if (total === undefined) return walk(reading, next(first));
  listing.total = total;
  let hasMoved = from !== undefined && total !== before;
  const last = Math.ceil(Math.min(total, reader.wanted) / pageSize);
  const rest = Array.from({ length: Math.max(0, last - start) }, (_, i) => start + 1 + i);
  await forEachLimited(rest, pagesAtOnce, async (number) => {
    const now = totalOf(await page(byNumber(number, pageSize))) ?? total;
    hasMoved ||= now !== total;
    listing.total = now;
  });
  if (reader.wanted < total) listing.resume = { page: Math.max(last, start) + 1 };
  else if (hasMoved || fresh.size !== total) await walkAnew(reading);
}

/**
 * Rows came or went while the pages were read side by side, so one that moved from page to page can have been missed
 * and one that went can still be there. A walk by token sees each row once, and only what it saw counts.
 */
async function walkAnew(reading: Reading): Promise<void> {
  const { listing, reader, fresh, page } = reading;
  const seen = new Set<string>();
  const seeing: PageReader = async (params) => {
    const value = await page(params);
    for (const item of reader.source.items(value)) seen.add(reader.identify(item));
    return value;
  };
  await walk({ ...reading, page: seeing }, undefined);
  if (listing.resume !== undefined) return;
  for (const id of [...fresh.keys()]) if (!seen.has(id)) fresh.delete(id);
  listing.total = fresh.size;
}

/** Reads page after page by token, until the last one or as many rows as wanted. */
async function walk({ listing, reader, page, fresh }: Reading, from: string | undefined): Promise<void> {
  const { source } = reader;
  let token = from;
  do {
    const value = await page(source.byToken(token, source.pageSize));
    const following = source.next(value);
    if (following !== undefined && following === token) throw samePageAgain();
    token = following;
    // The total of a token answer is not to be relied on; it only counts once everything was read.
    listing.total = token === undefined ? fresh.size : Math.max(listing.total ?? 0, fresh.size + 1);
  } while (token !== undefined && fresh.size < reader.wanted);
  if (token !== undefined) listing.resume = { token };
}

/** A gateway that ignores the token would be read for ever. */
function samePageAgain(): CloudError {
  const message = l10n.t('The cloud answers with the same page again and again, so the list is not complete.');
  return new CloudError(message, { reason: 'unexpectedAnswer', delivery: 'answered' });
}
