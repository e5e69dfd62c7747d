import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { hostFacetIds, facetType, hasKeys, type FacetId } from '../../core/facet';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { addressTest } from '../../util/addressRange';
import { facetOf, matcher, wantedText, type RowTexts, type ValueName } from '../inventory/filter';

/** What the flat list is narrowed to: every part must fit, of several values of a part any one. */
export interface FleetFilter {
  /** Part of a name, an id, a host name or an address; `*` and `?` stand for anything; case is ignored. */
  readonly text?: string | undefined;
  /** Addresses, blocks (`10.0.0.0/8`) or patterns (`10.0.*`). */
  readonly addresses?: readonly string[] | undefined;
  /** By facet: values, `key=value` or `key` where values have keys, and '' for rows that do not say. */
  readonly facets?: Partial<Readonly<Record<FacetId, readonly string[]>>> | undefined;
}

const values = z.array(z.string().check(z.maxLength(512))).check(z.maxLength(200));
const filterSchema = z.object({
  text: z.optional(z.string().check(z.maxLength(200))),
  addresses: z.optional(values),
  facets: z.optional(z.record(z.string(), values)),
});

/** Reads a filter that was kept; undefined for anything else, and for one that lets all pass. */
export function parseFleetFilter(value: unknown): FleetFilter | undefined {
  const parsed = filterSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { text = '', addresses = [], facets = {} } = parsed.data;
  const known = hostFacetIds.flatMap((id) => {
    const wanted = facets[id] ?? [];
    return wanted.length === 0 ? [] : [[id, wanted] as const];
  });
  const filter: FleetFilter = {
    ...(text.trim() === '' ? {} : { text }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(known.length === 0 ? {} : { facets: Object.fromEntries(known) }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** The filter with other values for a facet; none for any. */
export function withFacet(filter: FleetFilter | undefined, id: FacetId, wanted: readonly string[]): FleetFilter {
  return { ...filter, facets: { ...filter?.facets, [id]: wanted } };
}

/** A test for the rows of a kind. Made once per drawing, so that many rows cost little. */
export function fleetTest(
  filter: FleetFilter | undefined,
  kind: Kind,
  { now, texts }: { readonly now: Date; readonly texts: RowTexts },
): (item: Item) => boolean {
  const { text, addresses, facets = {} } = filter ?? {};
  const tests = hostFacetIds.flatMap((id) => {
    const wanted = facets[id];
    return wanted === undefined ? [] : [valuesTest(id, wanted, { kind, now })];
  });
  if (text !== undefined) tests.push(matcher({ text }, kind, now, texts));
  if (addresses !== undefined) tests.push(addressesTest(addresses, kind));
  return (item) => tests.every((test) => test(item));
}

function valuesTest(
  id: FacetId,
  wanted: readonly string[],
  { kind, now }: { readonly kind: Kind; readonly now: Date },
): (item: Item) => boolean {
  const fold = (text: string): string => (facetType(id).ignoresCase === true ? text.toLowerCase() : text);
  const folded = new Set(wanted.map(fold));
  const facet = facetOf(kind, id);
  return (item) => {
    const has = facet?.values(item, now) ?? [];
    if (has.length === 0) return folded.has('');
    return has.some((value) => folded.has(fold(wantedText(value))) || (hasKeys(id) && folded.has(value.key ?? '')));
  };
}

function addressesTest(patterns: readonly string[], kind: Kind): (item: Item) => boolean {
  const tests = patterns.flatMap((pattern) => addressTest(pattern) ?? []);
  return (item) => kind.texts(item).some((text) => tests.some((test) => test(text)));
}

/** What the rows must be, part by part. */
export function fleetFilterParts(filter: FleetFilter, nameOf: ValueName = (_, value) => value): string {
  const { text, addresses, facets = {} } = filter;
  const or = (names: readonly string[]): string => names.join(l10n.t(' or '));
  const parts = hostFacetIds.flatMap((id) => {
    const wanted = facets[id];
    if (wanted === undefined) return [];
    return [
      facetType(id).filtered(or(wanted.map((value) => (value === '' ? l10n.t('(not known)') : nameOf(id, value))))),
    ];
  });
  return [
    ...(text === undefined ? [] : [`“${text}”`]),
    ...(addresses === undefined ? [] : [l10n.t('address: {0}', or(addresses))]),
    ...parts,
  ].join(l10n.t(', '));
}
