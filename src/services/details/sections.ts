import * as l10n from '@vscode/l10n';
import { type Item } from '../../core/item';
import { fieldSections, type Field, type FieldSection, type Kind } from '../../core/kind';
import type { DetailsField, DetailsSection } from '../../core/panelProtocol';
import { redactData } from '../../core/redact';
import { asSent, rawAt } from '../../core/unreadable';
import { visibleText } from '../../util/visible';
import { fieldText, valueText, withoutSecrets, type FieldText, type Wording } from '../views/fieldText';
import { otherFields } from './otherFields';

const headings: Readonly<Record<FieldSection, () => string>> = {
  identity: () => l10n.t('Identity'),
  state: () => l10n.t('State and Protection'),
  script: () => l10n.t('Script'),
  network: () => l10n.t('Network'),
  disks: () => l10n.t('Disks and Image'),
  billing: () => l10n.t('Billing'),
  times: () => l10n.t('Times'),
  tags: () => l10n.t('Tags'),
};

/** Every field of a record: the declared ones by section, and whatever else the cloud sent in the last one. */
export function sectionsOf(kind: Kind, item: Item, wording: Wording): DetailsSection[] {
  const known = withoutSecrets(item);
  // A record that goes in comes out as one.
  const sent = asSent(item) === item ? known : withoutSecrets(asSent(item) as Item);
  const textOf = (field: Field): FieldText => {
    const raw = rawAt(item, field.name.split('.'));
    return raw === undefined ? fieldText(field, known, wording) : valueText('text', redactData(raw), wording);
  };
  const declared = kind.fields.map((field) => ({
    section: field.section,
    shown: fieldOf(field.name, field.label(), textOf(field)),
  }));
  const inSection = (wanted: FieldSection | undefined): DetailsField[] =>
    declared.filter(({ section }) => section === wanted).map(({ shown }) => shown);
  const unknown = otherFields(sent, kind.fields).map(({ name, value }) =>
    fieldOf(name, name, valueText('text', value, wording)),
  );
  const sections = [
    ...fieldSections.map((id) => ({ heading: headings[id](), fields: inSection(id) })),
    { heading: l10n.t('Other fields'), fields: [...inSection(undefined), ...unknown] },
  ];
  return sections.filter(({ fields }) => fields.length > 0);
}

function fieldOf(name: string, label: string, value: FieldText): DetailsField {
  return { name, label: visibleText(label), value: shown(value), copy: copyOf(value) };
}

/** What is drawn names what cannot be seen; what is copied is exactly what the cloud sent. */
function shown(value: FieldText): DetailsField['value'] {
  switch (value.type) {
    case 'text':
      return { ...value, text: visibleText(value.text) };
    case 'list':
      return { type: 'list', items: value.items.map(visibleText) };
    case 'tags':
      return {
        type: 'tags',
        tags: value.tags.map((tag) => ({ key: visibleText(tag.key), value: visibleText(tag.value) })),
      };
    case 'missing':
      return value;
    default: {
      const never: never = value;
      return never;
    }
  }
}

function copyOf(value: FieldText): string | undefined {
  switch (value.type) {
    case 'text':
      return value.raw ?? value.text;
    case 'list':
      return value.items.join('\n');
    case 'tags':
      return value.tags.map((tag) => `${tag.key}=${tag.value}`).join('\n');
    case 'missing':
      return undefined;
    default: {
      const never: never = value;
      return never;
    }
  }
}
