import * as l10n from '@vscode/l10n';
import type { Item } from '../../core/item';
import type { Field } from '../../core/kind';
import { redact } from '../../core/redact';
import { formatCount, formatTime } from '../../util/format';

/** How values are written for the user. */
export interface Wording {
  /** As VS Code names it: `en`, `zh-cn`. */
  readonly language: string;
  /** IANA name; the machine's own when absent. */
  readonly timeZone?: string | undefined;
}

/** A value in words. `raw` is what the cloud sent, where the words differ from it. */
export type FieldText =
  | { readonly type: 'text'; readonly text: string; readonly raw?: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'tags'; readonly tags: readonly { readonly key: string; readonly value: string }[] }
  /** The cloud said nothing: `–` for what may well be absent, `unknown` for what is either so or not so. */
  | { readonly type: 'missing'; readonly text: string };

/** One field of a record in words. Never guesses: a time that is no time stays as the cloud wrote it. */
export function fieldText(field: Field, item: Item, wording: Wording): FieldText {
  return valueText(field.type, field.value(item), wording);
}

export function valueText(type: Field['type'], value: unknown, wording: Wording): FieldText {
  if (value === undefined || value === null || value === '') return missing(type);
  switch (type) {
    case 'time':
      return timeText(plain(value), wording);
    case 'flag':
      if (typeof value !== 'boolean') return { type: 'text', text: plain(value) };
      return { type: 'text', text: value ? l10n.t('Yes') : l10n.t('No'), raw: String(value) };
    case 'count':
      if (typeof value !== 'number') return { type: 'text', text: plain(value) };
      return { type: 'text', text: formatCount(value, wording.language), raw: String(value) };
    case 'tags':
      return tagsText(value);
    case 'list':
      return listText(value);
    case 'text':
      return Array.isArray(value) ? listText(value) : { type: 'text', text: plain(value) };
    default: {
      const never: never = type;
      return never;
    }
  }
}

/** The record without anything that marks itself as a secret. */
export function withoutSecrets(item: Item): Item {
  // What goes in is an object, so what comes out is one.
  return JSON.parse(redact(JSON.stringify(item))) as Item;
}

/** A value as it came: text as it is, everything else as JSON. */
export function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function missing(type: Field['type']): FieldText {
  return { type: 'missing', text: type === 'flag' ? l10n.t('unknown') : '–' };
}

function timeText(raw: string, { language, timeZone }: Wording): FieldText {
  const time = new Date(raw);
  return Number.isNaN(time.getTime())
    ? { type: 'text', text: raw }
    : { type: 'text', text: formatTime(time, language, timeZone), raw };
}

function listText(value: unknown): FieldText {
  const items = (Array.isArray(value) ? value : [value]).map(plain).filter((text) => text !== '');
  return items.length === 0 ? missing('list') : { type: 'list', items };
}

function tagsText(value: unknown): FieldText {
  const tags = (Array.isArray(value) ? value : []).flatMap((tag: unknown) =>
    isTag(tag) ? [{ key: tag.key, value: tag.value }] : [],
  );
  return tags.length === 0 ? missing('tags') : { type: 'tags', tags };
}

function isTag(tag: unknown): tag is { readonly key: string; readonly value: string } {
  return (
    typeof tag === 'object' &&
    tag !== null &&
    'key' in tag &&
    typeof tag.key === 'string' &&
    'value' in tag &&
    typeof tag.value === 'string'
  );
}
