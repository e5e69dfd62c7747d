import type { DetailsField, DetailsSection } from '../core/panelProtocol';

/** What the person wants to see of the fields. */
export interface Wanted {
  /** Words that must all be found in a field's name, label or value. */
  readonly filter: string;
  readonly empty: boolean;
}

export interface ShownFields {
  /** Those that are left, without the sections of which nothing is. */
  readonly sections: readonly DetailsSection[];
  readonly count: number;
  /** Empty fields that pass the filter, shown or not. */
  readonly empty: number;
}

/** What is left of the sections. */
export function shownFields(sections: readonly DetailsSection[], { filter, empty }: Wanted): ShownFields {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (field: DetailsField): boolean => {
    const text = textOf(field);
    return words.every((word) => text.includes(word));
  };
  const fitting = sections.map(({ heading, fields }) => ({ heading, fields: fields.filter(fits) }));
  const left = fitting.map(({ heading, fields }) => ({
    heading,
    fields: empty ? fields : fields.filter(({ value }) => value.type !== 'missing'),
  }));
  const all = fitting.flatMap(({ fields }) => fields);
  return {
    sections: left.filter(({ fields }) => fields.length > 0),
    count: left.reduce((sum, { fields }) => sum + fields.length, 0),
    empty: all.filter(({ value }) => value.type === 'missing').length,
  };
}

function textOf({ name, label, value }: DetailsField): string {
  return [name, label, ...valueTexts(value)].join('\n').toLowerCase();
}

function valueTexts(value: DetailsField['value']): readonly string[] {
  switch (value.type) {
    case 'text':
      return value.raw === undefined ? [value.text] : [value.text, value.raw];
    case 'list':
      return value.items;
    case 'tags':
      return value.tags.map((tag) => `${tag.key}: ${tag.value}`);
    case 'missing':
      return [];
    default: {
      const never: never = value;
      return never;
    }
  }
}

/** More characters than this are folded away. */
const textAtMost = 300;
/** More entries than this are folded away. */
const entriesAtMost = 8;

/** A long value, cut where it folds, and how much there is in all; undefined for one that is short. */
export function folded(
  value: DetailsField['value'],
): { readonly value: DetailsField['value']; readonly of: number } | undefined {
  switch (value.type) {
    case 'text': {
      const characters = Array.from(value.text);
      if (characters.length <= textAtMost) return undefined;
      return { value: { ...value, text: `${characters.slice(0, textAtMost).join('')}…` }, of: characters.length };
    }
    case 'list':
      if (value.items.length <= entriesAtMost) return undefined;
      return { value: { ...value, items: value.items.slice(0, entriesAtMost) }, of: value.items.length };
    case 'tags':
      if (value.tags.length <= entriesAtMost) return undefined;
      return { value: { ...value, tags: value.tags.slice(0, entriesAtMost) }, of: value.tags.length };
    case 'missing':
      return undefined;
    default: {
      const never: never = value;
      return never;
    }
  }
}
