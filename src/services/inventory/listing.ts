import { CloudError } from '../../core/cloudError';
import type { Exchange } from '../../core/exchange';
import type { Item } from '../../core/item';
import type { ListFilter, ListSource } from '../../core/kind';
import { pagesAtMost, pagesRepeat, readPages, type Cursor } from '../../core/pager';
import type { KindId, Place } from '../../core/target';
import { droppedFrom } from '../../core/unreadable';
import { allowManyListeners } from '../../util/abort';
import { forEachLimited } from '../../util/async';
import type { Clock } from '../../util/clock';
import type { KeyOwner } from './keyOwners';

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
  /** Records that are not among the rows because they have no readable id. */
  left: LeftRecords = noneLeft;
  /** How many rows were asked for. */
  wanted = 0;
  /** Where reading can go on, when it ended before the last row. */
  resume: ResumePoint | undefined;
  origin: { readonly place: Place; readonly kind: KindId } | undefined;
  /** Whose keys read the rows. */
  readBy: KeyOwner | undefined;
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

  /** Takes records up that were read by themselves. */
  add(found: ReadonlyMap<string, Item>): void {
    this.items = new Map([...this.items, ...found]);
    if (this.total !== undefined && this.total < this.items.size) this.total = this.items.size;
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

/** How many records could not be made rows, and an answer that has one. */
interface LeftRecords {
  readonly count: number;
  readonly exchangeId: string | undefined;
}
const noneLeft: LeftRecords = { count: 0, exchangeId: undefined };

/** The page behind the rows that are there, by its number or by what asks for it. */
type ResumePoint = { readonly page: number } | ResumeCursor;
interface ResumeCursor {
  readonly cursor: Cursor;
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
  const left = { now: from === undefined ? noneLeft : listing.left };
  const landed = (items: readonly Item[], exchangeId: string): boolean => {
    const before = fresh.size;
    for (const item of items) if (!listing.wasTakenAway(reader.identify(item))) fresh.set(reader.identify(item), item);
    const dropped = droppedFrom(items);
    if (dropped > 0) left.now = { count: left.now.count + dropped, exchangeId };
    if (!refreshing) {
      listing.items = fresh;
      listing.left = left.now;
      showFirst();
      reader.onDidChange();
    }
    return fresh.size > before || items.length === 0 || dropped > 0;
  };
  const finish = async (): Promise<void> => {
    try {
      await readList({ listing, reader, page: pageReader(listing, reader, signal, landed), fresh, left }, from);
      if (!listing.isCurrent(signal)) return;
      listing.items = fresh;
      listing.left = left.now;
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

/** Reads one page and shows its rows. `isNews` is false for a page of rows that are all there already. */
type PageReader = (params: Cursor) => Promise<{ readonly value: unknown; readonly isNews: boolean }>;

function pageReader(
  listing: Listing,
  reader: ListingReader,
  signal: AbortSignal,
  landed: (items: readonly Item[], exchangeId: string) => boolean,
): PageReader {
  const narrow = reader.source.filter(listing.filter);
  let isFirst = true;
  return async (params) => {
    const { value, exchange } = await reader.call({ ...narrow, ...params }, signal);
    // A later reading has begun meanwhile: nothing of this one counts any more.
    if (!listing.isCurrent(signal)) throw new CloudError('', { reason: 'cancelled', delivery: 'answered' });
    if (isFirst) listing.exchangeId = exchange.id;
    isFirst = false;
    return { value, isNews: landed(reader.source.items(value), exchange.id) };
  };
}

/** One reading of a list: what it fills and how it asks. */
interface Reading {
  readonly listing: Listing;
  readonly reader: ListingReader;
  readonly page: PageReader;
  readonly fresh: Map<string, Item>;
  readonly left: { now: LeftRecords };
}

async function readList(reading: Reading, from: ResumePoint | undefined): Promise<void> {
  const { listing, reader, page, fresh } = reading;
  const { numbered, pager } = reader.source;
  listing.resume = undefined;
  if (from !== undefined && 'cursor' in from) return walk(reading, from);
  if (numbered === undefined) return walk(reading, undefined);
  const start = from?.page ?? 1;
  const before = listing.total;
  const first = numbered.page(start);
  const { value: answer } = await page(first);
  const total = numbered.total(answer);
  // A cloud that no longer knows page numbers answers the first page with a token and no total.
  if (total === undefined) {
    const cursor = pager.next(answer, first);
    return walk(reading, cursor && { cursor });
  }
  listing.total = total;
  const reach = Math.min(total, reader.wanted, pagesAtMost * numbered.size);
  const last = Math.ceil(reach / numbered.size);
  const rest = Array.from({ length: Math.max(0, last - start) }, (_, i) => start + 1 + i);
  const { hasMoved, repeats } = await readNumbered(reading, rest);
  if (reach < total && repeats === 0) listing.resume = { page: Math.max(last, start) + 1 };
  else if (hasMoved || (from !== undefined && total !== before) || fresh.size + reading.left.now.count !== total)
    await walkAnew(reading, repeats > 0);
  else listing.total = fresh.size;
}

/** As many pages of rows that are there already tell that the cloud does not mind the number. */
const repeatsAtMost = 3;

/** Reads pages side by side, and counts those that repeat others. */
async function readNumbered({ listing, reader, page }: Reading, pages: readonly number[]) {
  const { numbered } = reader.source;
  const { total } = listing;
  let hasMoved = false;
  let repeats = 0;
  await forEachLimited(pages, pagesAtOnce, async (number) => {
    if (numbered === undefined || repeats >= repeatsAtMost) return;
    const { value, isNews } = await page(numbered.page(number));
    if (!isNews) repeats++;
    const now = numbered.total(value) ?? total;
    hasMoved ||= now !== total;
    listing.total = now;
  });
  return { hasMoved, repeats };
}

/**
 * Rows came or went while the pages were read side by side, so one that moved from page to page can have been missed
 * and one that went can still be there. A walk by token sees each row once, and only what it saw counts. Where pages
 * were the same, a walk that sees fewer rows than the cloud says there are is not complete either.
 */
async function walkAnew(reading: Reading, didRepeat: boolean): Promise<void> {
  const { listing, reader, fresh, page, left } = reading;
  const announced = listing.total ?? 0;
  left.now = noneLeft;
  const seen = new Set<string>();
  const seeing: PageReader = async (params) => {
    const answer = await page(params);
    for (const item of reader.source.items(answer.value)) seen.add(reader.identify(item));
    return answer;
  };
  await walk({ ...reading, page: seeing }, undefined, seen);
  if (listing.resume !== undefined) return;
  if (didRepeat && seen.size + left.now.count < announced) throw pagesRepeat();
  for (const id of [...fresh.keys()]) if (!seen.has(id)) fresh.delete(id);
  listing.total = fresh.size;
}

/** Reads page after page, until the last one or as many rows as wanted. */
async function walk(
  { listing, reader, page, fresh }: Reading,
  from: ResumeCursor | undefined,
  seen: { readonly size: number } = fresh,
): Promise<void> {
  const read = async (cursor: Cursor): Promise<unknown> => (await page(cursor)).value;
  const pages = readPages(reader.source.pager, read, { from: from?.cursor, count: () => seen.size });
  for await (const { next } of pages) {
    // The total of a token answer is not to be relied on; it only counts once everything was read.
    listing.total = next === undefined ? fresh.size : Math.max(listing.total ?? 0, fresh.size + 1);
    if (next === undefined || fresh.size < reader.wanted) continue;
    listing.resume = { cursor: next };
    return;
  }
}
