import { createHash } from 'node:crypto';
import type { Entry } from './recordTable';
import { Refusal } from './refusal';

export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly PageNumber?: number | undefined;
  readonly PageSize?: number | undefined;
  /** The filters of the list, to which a token belongs. */
  readonly [filter: string]: unknown;
}

export interface PageRules {
  /** The code a token that is not ours is refused with. */
  readonly badToken: string;
  /** Sizes above are cut, as DescribeInstances does; the schema refuses them where the cloud does. */
  readonly largest: number;
}

export interface Page<T> {
  readonly items: T[];
  /** Empty on the last page and where page numbers are used. */
  readonly NextToken: string;
  readonly PageNumber: number;
  readonly PageSize: number;
  readonly TotalCount: number;
}

/**
 * One page. A token names the last record seen, so what is removed between pages is neither skipped nor doubled.
 * With tokens the totals are 0: the cloud calls them meaningless, and nobody should rely on them.
 */
export function pageOf<T>(entries: readonly Entry<T>[], request: PageRequest, rules: PageRules): Page<T> {
  const byToken = request.MaxResults !== undefined || (request.NextToken ?? '') !== '';
  return byToken ? tokenPage(entries, request, rules) : numberedPage(entries, request, rules);
}

function tokenPage<T>(entries: readonly Entry<T>[], request: PageRequest, rules: PageRules): Page<T> {
  const size = Math.min(request.MaxResults ?? 10, rules.largest);
  const print = fingerprint(request);
  const after = (request.NextToken ?? '') === '' ? 0 : readToken(request.NextToken ?? '', print, rules);
  const start = firstAfter(entries, after);
  const shown = entries.slice(start, start + size);
  const last = shown.at(-1);
  const NextToken = last === undefined || start + size >= entries.length ? '' : writeToken(last.place, print);
  return { items: shown.map(({ value }) => value), NextToken, PageNumber: 0, PageSize: 0, TotalCount: 0 };
}

function numberedPage<T>(entries: readonly Entry<T>[], request: PageRequest, rules: PageRules): Page<T> {
  const PageNumber = request.PageNumber ?? 1;
  const PageSize = Math.min(request.PageSize ?? 10, rules.largest);
  const shown = entries.slice((PageNumber - 1) * PageSize, PageNumber * PageSize);
  return { items: shown.map(({ value }) => value), NextToken: '', PageNumber, PageSize, TotalCount: entries.length };
}

/** Entries are in the order of their places. */
function firstAfter(entries: readonly Entry<unknown>[], place: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.place ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function writeToken(place: number, print: string): string {
  return Buffer.from(`${place}.${print}`).toString('base64url');
}

function readToken(token: string, print: string, rules: PageRules): number {
  const [place, owner] = Buffer.from(token, 'base64url').toString().split('.');
  if (place === undefined || !/^\d+$/.test(place) || owner !== print) throw new Refusal(rules.badToken);
  return Number(place);
}

/** A token belongs to the filters it was made with. */
function fingerprint(request: object): string {
  const filters = Object.entries(request)
    .filter(([name]) => !['MaxResults', 'NextToken', 'PageNumber', 'PageSize'].includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(filters)).digest('hex').slice(0, 12);
}
