import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import type { Item, Kind, ListFilter } from '../../core/kind';

const filterSchema = z.object({
  /** Part of a name, an id, a host name or an address; `*` and `?` stand for anything; case is ignored. */
  text: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** A state's token, for example `connected` or `Running`. */
  state: z.optional(z.string()),
  os: z.optional(z.string()),
  tag: z.optional(z.object({ key: z.string().check(z.minLength(1)), value: z.optional(z.string()) })),
  activationId: z.optional(z.string()),
  resourceGroupId: z.optional(z.string()),
});

/** What the rows of all lists are narrowed to; every part must fit. */
export type RowFilter = z.output<typeof filterSchema>;

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
    ...(os === undefined ? {} : { osType: os }),
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
    const { addresses, hostName = '' } = kind.facets(item);
    const text = [kind.name(item), kind.identify(item), hostName, ...addresses].join('\n').toLowerCase();
    this.texts.set(item, text);
    return text;
  }
}

/** A test for rows. Made once per drawing, so that a keystroke over many rows costs little. */
export function matcher(filter: RowFilter, kind: Kind, now: Date, texts = new RowTexts()): (item: Item) => boolean {
  const fits = filter.text === undefined ? undefined : textTest(filter.text);
  return (item) => (fits === undefined || fits(texts.of(kind, item))) && facetsFit(filter, kind, item, now);
}

/** Takes all lines at once: none of them is looked at twice. */
function textTest(text: string): (lines: string) => boolean {
  const wanted = text.trim().toLowerCase();
  if (!/[*?]/.test(wanted)) return (lines) => lines.includes(wanted);
  const escaped = wanted.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'm');
  return (lines) => pattern.test(lines);
}

function facetsFit(filter: RowFilter, kind: Kind, item: Item, now: Date): boolean {
  const { state, os, tag, activationId, resourceGroupId } = filter;
  if (state !== undefined && kind.state(item, now).token.toLowerCase() !== state.toLowerCase()) return false;
  if (os === undefined && tag === undefined && activationId === undefined && resourceGroupId === undefined) return true;
  const facets = kind.facets(item);
  return (
    (os === undefined || facets.os === os.toLowerCase()) &&
    (activationId === undefined || facets.activationId === activationId) &&
    (resourceGroupId === undefined || facets.resourceGroupId === resourceGroupId) &&
    (tag === undefined ||
      facets.tags.some((t) => t.key === tag.key && (tag.value === undefined || t.value === tag.value)))
  );
}

/** What values are called, where that is known. */
export interface FilterNames {
  readonly state: (token: string) => string;
  readonly activation: (id: string) => string;
}

const asTheyAre: FilterNames = { state: (token) => token, activation: (id) => id };

/** The filter in words, for the view's description. */
export function describeFilter(filter: RowFilter, names: FilterNames = asTheyAre): string {
  const { text, state, os, tag, activationId, resourceGroupId } = filter;
  const parts = [
    text === undefined ? undefined : `“${text}”`,
    state === undefined ? undefined : l10n.t('state: {0}', names.state(state)),
    os === undefined ? undefined : l10n.t('OS: {0}', os),
    tag === undefined ? undefined : l10n.t('tag: {0}', tag.value === undefined ? tag.key : `${tag.key}=${tag.value}`),
    activationId === undefined ? undefined : l10n.t('activation: {0}', names.activation(activationId)),
    resourceGroupId === undefined ? undefined : l10n.t('resource group: {0}', resourceGroupId),
  ];
  return l10n.t('filtered: {0}', parts.filter((part) => part !== undefined).join(', '));
}
