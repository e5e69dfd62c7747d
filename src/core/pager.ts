import * as l10n from '@vscode/l10n';
import { CloudError } from './cloudError';
import { isUnreadable } from './unreadable';

/** The parameters that ask for one page. */
export type Cursor = Readonly<Record<string, unknown>>;

/** How whatever comes in pages is read on: lists, regions, and the answers about named resources. */
export interface Pager {
  /** Asks for the first page. */
  readonly first: Cursor;
  /** Asks for as little as the API gives, to see whether it may be called at all. */
  readonly sample: Cursor;
  /**
   * Asks for the page behind `value`, which was the answer to `cursor`; undefined on the last. Throws `CloudError`
   * (`unexpectedAnswer`) where the answer does not tell whether there is one.
   */
  readonly next: (value: unknown, cursor: Cursor) => Cursor | undefined;
}

/** Pages that have numbers, so that they can be asked for side by side. */
export interface NumberedPages {
  readonly size: number;
  /** Asks for a page, 1-based. */
  readonly page: (number: number) => Cursor;
  /** How many records there are in all, where the answer tells. */
  readonly total: (value: unknown) => number | undefined;
}

/** Everything is in one answer. */
export const onePage: Pager = { first: {}, sample: {}, next: () => undefined };

/**
 * Pages that tell the token of the next one, under the names both clouds have for it; `path` leads there where it does
 * not stand at the top.
 */
export function tokenPager(
  size: number,
  tokenOf: (value: unknown) => string | undefined,
  path: readonly string[] = ['NextToken'],
): Pager {
  const first = { MaxResults: size };
  return {
    first,
    sample: { MaxResults: 1 },
    next: (value) => {
      if (isUnreadable(value, ...path)) throw unknownNext();
      const token = tokenOf(value);
      return token === undefined || token === '' ? undefined : { ...first, NextToken: token };
    },
  };
}

/** As many pages in a row that bring nothing new are a cloud that turns in a circle. */
const barrenPagesAtMost = 10;

/** No list that a person looks at is longer: it would hold a million records. */
export const pagesAtMost = 10_000;

export interface PageOptions {
  /** Where to go on; the first page without it. */
  readonly from?: Cursor | undefined;
  /** How many different records the pages have brought so far. */
  readonly count: () => number;
}

/** A page, and what asks for the one behind it. */
export interface PageAnswer<T> {
  readonly value: T;
  readonly next: Cursor | undefined;
}

/**
 * Page after page. Rejects with `CloudError` (`unexpectedAnswer`) once a page is announced that was asked for before,
 * or pages bring nothing new again and again: what was yielded until then is all that can be had.
 */
export async function* readPages<T>(
  pager: Pager,
  read: (cursor: Cursor) => Promise<T>,
  { from, count }: PageOptions,
): AsyncGenerator<PageAnswer<T>, void, void> {
  const asked = new Set<string>();
  let barren = 0;
  for (let cursor = from ?? pager.first, page = 0; page < pagesAtMost; page++) {
    asked.add(keyOf(cursor));
    const before = count();
    const value = await read(cursor);
    let next: Cursor | undefined;
    let lost: CloudError | undefined;
    try {
      next = pager.next(value, cursor);
    } catch (error) {
      if (!CloudError.is(error)) throw error;
      lost = error;
    }
    yield { value, next };
    if (lost !== undefined) throw lost;
    if (next === undefined) return;
    barren = count() > before ? 0 : barren + 1;
    if (asked.has(keyOf(next)) || barren >= barrenPagesAtMost) throw pagesRepeat();
    cursor = next;
  }
  throw pagesRepeat();
}

function keyOf(cursor: Cursor): string {
  return JSON.stringify(cursor);
}

/** The answer does not tell whether there is another page. */
export function unknownNext(): CloudError {
  const message = l10n.t('The answer does not tell in a readable way where the list goes on, so it is not complete.');
  return new CloudError(message, { reason: 'unexpectedAnswer', delivery: 'answered' });
}

/** The cloud knows of more than it shows. */
export function pagesRepeat(): CloudError {
  const message = l10n.t('The cloud answers with the same page again and again, so the list is not complete.');
  return new CloudError(message, { reason: 'unexpectedAnswer', delivery: 'answered' });
}

/** The same pages, each asked for with these parameters as well. */
export function withParams(pager: Pager, params: Cursor): Pager {
  return {
    first: { ...params, ...pager.first },
    sample: { ...params, ...pager.sample },
    next: (value, cursor) => {
      const next = pager.next(value, cursor);
      return next && { ...params, ...next };
    },
  };
}
