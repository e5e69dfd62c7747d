import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { facetIds, facetType, hasKeys, stateFacet, type Facet, type FacetId } from '../../core/facet';
import type { Item } from '../../core/item';
import type { Kind, ListFilter } from '../../core/kind';
import { wildcardPattern } from '../../util/wildcard';

const filterSchema = z.object({
  /** Part of a name, an id, a host name or an address; `*` and `?` stand for anything; case is ignored. */
  text: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** A state's token, for example `connected` or `Running`. */
  state: z.optional(z.string()),
  os: z.optional(z.string()),
  tag: z.optional(z.object({ key: z.string().check(z.minLength(1)), value: z.optional(z.string()) })),
  activationId: z.optional(z.string()),
  resourceGroupId: z.optional(z.string()),
  agentVersion: z.optional(z.string()),
  begun: z.optional(z.string()),
  hostCount: z.optional(z.string()),
});

/** What the rows of all lists are narrowed to; every part must fit. */
export type RowFilter = z.output<typeof filterSchema>;

/** Under which name the filter has the value of a facet. */
const partNames = {
  state: 'state',
  os: 'os',
  tag: 'tag',
  activation: 'activationId',
  resourceGroup: 'resourceGroupId',
  agentVersion: 'agentVersion',
  begun: 'begun',
  hostCount: 'hostCount',
} as const satisfies Readonly<Record<FacetId, keyof RowFilter>>;

/** The value that rows must have to pass, and its key where values have one; `value` is then absent for any. */
export interface WantedValue {
  readonly key?: string;
  readonly value?: string | undefined;
}

/** What the filter wants of a facet; undefined for anything. */
export function wantedOf(filter: RowFilter, id: FacetId): WantedValue | undefined {
  const part = filter[partNames[id]];
  return typeof part === 'string' ? { value: part } : part;
}

/** The filter with another value for a facet; undefined for any. Values with keys are written `key=value` or `key`. */
export function withWanted(filter: RowFilter | undefined, id: FacetId, value: string | undefined): RowFilter {
  if (value === undefined) return { ...filter, [partNames[id]]: undefined };
  if (hasKeys(id)) return { ...filter, [partNames[id]]: parseTag(value) };
  return { ...filter, [partNames[id]]: value };
}

/** `key=value`, `key`, or the value where there are no keys. */
export function wantedText({ key, value }: WantedValue): string {
  return [key, value].filter((part) => part !== undefined).join('=');
}

/** Reads `key=value`, or `key` for any value; undefined where there is no key. */
export function parseTag(text: string): { readonly key: string; readonly value?: string } | undefined {
  const [, key = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(text.trim()) ?? [];
  if (key.trim() === '') return undefined;
  return value === undefined ? { key: key.trim() } : { key: key.trim(), value: value.trim() };
}

/** A facet of a kind; undefined where its records do not tell of it. */
export function facetOf(kind: Kind, id: FacetId): Facet | undefined {
  return id === 'state' ? stateFacet(kind.state) : kind.facets.find((facet) => facet.id === id);
}

/** Reads a filter that was kept for the workspace; undefined for anything else, and for one that lets all pass. */
export function parseFilter(value: unknown): RowFilter | undefined {
  const parsed = filterSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { text, ...rest } = parsed.data;
  const filter = { ...rest, ...(text === undefined || text.trim() === '' ? {} : { text }) };
  return Object.values(filter).some((part) => part !== undefined) ? filter : undefined;
}

/**
 * What of the filter the cloud can do itself, so that the rows of a large list need not all be read. Only exact
 * matches are left to the cloud: its idea of "part of a name" differs from API to API.
 */
export function serverFilter(filter: RowFilter | undefined): ListFilter {
  if (filter === undefined) return {};
  const { os, tag, activationId, resourceGroupId, state } = filter;
  return {
    ...(os === undefined ? {} : { osType: os.toLowerCase() }),
    ...(tag === undefined
      ? {}
      : { tag: tag.value === undefined ? { key: tag.key } : { key: tag.key, value: tag.value } }),
    ...(activationId === undefined ? {} : { activationId }),
    ...(resourceGroupId === undefined ? {} : { resourceGroupId }),
    ...(state === undefined ? {} : { status: state }),
    ...(state === 'connected' || state === 'disconnected' ? { connected: state === 'connected' } : {}),
  };
}

/** Whether the cloud tests every part of the filter itself, so that all rows of a narrowed list fit. */
export function isLeftToCloud(filter: RowFilter, kind: Kind): boolean {
  const parts = Object.entries(filter).filter(([, part]) => part !== undefined);
  return parts.every(([name, part]) => Object.values(kind.list.filter(serverFilter({ [name]: part }))).some(isSaid));
}

function isSaid(value: unknown): boolean {
  return value !== undefined;
}

/** What text is looked for in, lower case, one line each; kept for as long as the record is. */
export class RowTexts {
  private readonly texts = new WeakMap<Item, string>();

  of(kind: Kind, item: Item): string {
    const known = this.texts.get(item);
    if (known !== undefined) return known;
    const text = [kind.name(item), kind.identify(item), ...kind.texts(item)].join('\n').toLowerCase();
    this.texts.set(item, text);
    return text;
  }
}

/** A test for rows. Made once per drawing, so that a keystroke over many rows costs little. */
export function matcher(filter: RowFilter, kind: Kind, now: Date, texts = new RowTexts()): (item: Item) => boolean {
  const fits = filter.text === undefined ? undefined : textTest(filter.text);
  const tests = facetIds.flatMap((id) => {
    const wanted = wantedOf(filter, id);
    return wanted === undefined ? [] : [valueTest(wanted, id, facetOf(kind, id))];
  });
  return (item) => (fits === undefined || fits(texts.of(kind, item))) && tests.every((test) => test(item, now));
}

/** Takes all lines at once: none of them is looked at twice. */
function textTest(text: string): (lines: string) => boolean {
  const wanted = text.trim().toLowerCase();
  if (!/[*?]/.test(wanted)) return (lines) => lines.includes(wanted);
  const pattern = wildcardPattern(wanted, { flags: 'm', single: true });
  return (lines) => pattern.test(lines);
}

function valueTest(wanted: WantedValue, id: FacetId, facet: Facet | undefined): (item: Item, now: Date) => boolean {
  const fold = (text: string): string => (facetType(id).ignoresCase === true ? text.toLowerCase() : text);
  const value = wanted.value === undefined ? undefined : fold(wanted.value);
  return (item, now) =>
    facet
      ?.values(item, now)
      .some((has) => has.key === wanted.key && (value === undefined || fold(has.value) === value)) === true;
}

/** What a value is called, where that is known. */
export type ValueName = (id: FacetId, value: string) => string;

/** The filter in words, for the view's description. */
export function describeFilter(filter: RowFilter, nameOf?: ValueName): string {
  return l10n.t('filtered: {0}', filterParts(filter, nameOf));
}

/** What the rows must be, part by part. */
export function filterParts(filter: RowFilter, nameOf: ValueName = (_, value) => value): string {
  const parts = facetIds.flatMap((id) => {
    const wanted = wantedOf(filter, id);
    return wanted === undefined ? [] : [facetType(id).filtered(nameOf(id, wantedText(wanted)))];
  });
  const text = filter.text === undefined ? [] : [`“${filter.text}”`];
  return [...text, ...parts].join(', ');
}
