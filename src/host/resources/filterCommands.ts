import * as l10n from '@vscode/l10n';
import {
  activationName,
  rowChoices,
  parseTag,
  type RowChoice,
  type RowFact,
} from '../../services/resources/facetValues';
import { describeGrouping, type Grouping } from '../../services/resources/grouping';
import type { RowFilter } from '../../services/inventory/filter';
import type { RowView } from '../../services/resources/viewState';
import { formatCount } from '../../util/format';
import type { HostServices } from '../services';
import { enterText, pickOne, type Choice } from '../ui/steps';
import { pickOrType } from '../ui/pickOrType';

type Part = 'text' | 'state' | 'os' | 'tag' | 'activation' | 'resourceGroup';

/** Asks for a part of the filter and its value; the other parts stay. The rows follow while text is typed. */
export async function filterRows(services: HostServices): Promise<void> {
  const { view } = services;
  for (;;) {
    const part = await pickOne<Part | 'clear'>({
      title: l10n.t('Filter'),
      placeholder: l10n.t('Show only rows that fit; several parts must all fit'),
      empty: '',
      load: () => Promise.resolve(partChoices(view, services)),
    });
    if (part === 'cancel' || part === 'back') return;
    if (part.value === 'clear') return view.setFilter(undefined);
    const went = await (part.value === 'text' ? askText(view, services) : askValue(part.value, view, services));
    if (went !== 'back') return;
  }
}

/** Asks what to group the rows of each list by. */
export async function groupRows(services: HostServices): Promise<void> {
  const { view } = services;
  const now = view.grouping;
  const grouping = (value: Grouping): Choice<Grouping> => ({
    label: groupingNames[value as keyof typeof groupingNames](),
    icon: value === now ? 'check' : 'blank',
    value,
  });
  const isTag = now?.startsWith('tag:') === true;
  for (;;) {
    const answer = await pickOne<Grouping | 'tag' | 'none'>({
      title: l10n.t('Group by'),
      placeholder: now === undefined ? l10n.t('Rows are not grouped') : describeGrouping(now),
      empty: '',
      load: () =>
        Promise.resolve([
          { label: l10n.t('None'), icon: now === undefined ? 'check' : 'blank', value: 'none' as const },
          ...simpleGroupings.map(grouping),
          { label: l10n.t('Tag…'), icon: isTag ? 'check' : 'blank', value: 'tag' as const },
        ]),
    });
    if (answer === 'cancel' || answer === 'back') return;
    if (answer.value === 'none') return view.setGrouping(undefined);
    if (answer.value !== 'tag') return view.setGrouping(answer.value);
    const key = await pickOrType({
      title: l10n.t('Group by tag'),
      placeholder: l10n.t('Key of the tag; choose one or type it'),
      back: true,
      choices: valueChoices('tagKey', services),
      typed: (text) => l10n.t('Use “{0}”', text),
    });
    if (key === 'cancel') return;
    if (key !== 'back') return view.setGrouping(`tag:${key.value}`);
  }
}

const simpleGroupings = ['state', 'os', 'activation', 'resourceGroup', 'agentVersion'] as const;
const groupingNames = {
  state: () => l10n.t('State'),
  os: () => l10n.t('Operating system'),
  activation: () => l10n.t('Activation'),
  resourceGroup: () => l10n.t('Resource group'),
  agentVersion: () => l10n.t('Agent version'),
} as const;

const partNames: Readonly<Record<Part, () => string>> = {
  text: () => l10n.t('Text…'),
  state: () => l10n.t('State…'),
  os: () => l10n.t('Operating system…'),
  tag: () => l10n.t('Tag…'),
  activation: () => l10n.t('Activation…'),
  resourceGroup: () => l10n.t('Resource group…'),
};

const icons: Readonly<Record<Part, string>> = {
  text: 'search',
  state: 'pulse',
  os: 'device-desktop',
  tag: 'tag',
  activation: 'key',
  resourceGroup: 'folder',
};

function partChoices({ filter }: RowView, services: HostServices): Choice<Part | 'clear'>[] {
  // The keys of a record of all parts are exactly the parts.
  const parts = (Object.keys(partNames) as Part[]).map((part) => ({
    label: partNames[part](),
    description: filter === undefined ? undefined : partValue(part, filter, services),
    detail: part === 'text' ? l10n.t('Name, ID, host name or address; * and ? stand for anything') : undefined,
    icon: icons[part],
    value: part,
  }));
  const clear = { label: l10n.t('Clear filter'), icon: 'clear-all', value: 'clear' as const };
  return filter === undefined ? parts : [clear, ...parts];
}

/** The value a part of the filter has now, in words. */
function partValue(part: Part, filter: RowFilter, services: HostServices): string | undefined {
  switch (part) {
    case 'state':
      return filter.state === undefined ? undefined : stateName(filter.state, services);
    case 'tag':
      return filter.tag === undefined ? undefined : tagText(filter.tag);
    case 'activation':
      return filter.activationId === undefined ? undefined : activationName(filter.activationId, services);
    case 'resourceGroup':
      return filter.resourceGroupId;
    default:
      return filter[part];
  }
}

/** What a state is called by the rows that are in it; its token where there are none. */
export function stateName(token: string, services: Pick<HostServices, 'inventory' | 'clouds' | 'clock'>): string {
  const known = rowChoices('state', services).find(({ value }) => value.toLowerCase() === token.toLowerCase());
  return known?.label ?? token;
}

function tagText({ key, value }: NonNullable<RowFilter['tag']>): string {
  return value === undefined ? key : `${key}=${value}`;
}

async function askText(view: RowView, { tree }: HostServices): Promise<'next' | 'back' | 'cancel'> {
  void tree.model.lists.prepare();
  const before = view.filter;
  const withText = (text: string): RowFilter => ({ ...before, text });
  const answer = await enterText({
    title: l10n.t('Filter by text'),
    prompt: l10n.t('Name, ID, host name or address; * and ? stand for anything. Empty shows all.'),
    value: before?.text,
    back: true,
    validate: (text) => (text.length > 200 ? l10n.t('At most 200 characters.') : undefined),
    onType: (text) => view.preview(withText(text)),
  });
  if (answer === 'back' || answer === 'cancel') {
    view.preview(before);
    return answer;
  }
  await view.setFilter(withText(answer.value));
  return 'next';
}

async function askValue(
  part: Exclude<Part, 'text'>,
  view: RowView,
  services: HostServices,
): Promise<'next' | 'back' | 'cancel'> {
  const any = { label: l10n.t('Any'), icon: 'circle-slash', value: '' };
  const isOn = view.filter !== undefined && partValue(part, view.filter, services) !== undefined;
  const answer = await pickOrType({
    title: l10n.t('Filter'),
    placeholder: part === 'tag' ? l10n.t('key or key=value; choose one or type it') : l10n.t('Choose one or type it'),
    back: true,
    choices: [...(isOn ? [any] : []), ...valueChoices(part, services)],
    typed: (text) => l10n.t('Use “{0}”', text),
  });
  if (answer === 'back' || answer === 'cancel') return answer;
  await view.setFilter(withValue(part, answer.value, view.filter));
  return 'next';
}

function valueChoices(fact: RowFact, services: HostServices): Choice<string>[] {
  const { language } = services;
  const choice = ({ value, label, count }: RowChoice): Choice<string> => ({
    label,
    description: formatCount(count, language),
    value,
  });
  return rowChoices(fact, services).slice(0, choicesAtMost).map(choice);
}

/** A list of thousands of tags helps nobody; any other can be typed. */
const choicesAtMost = 500;

function withValue(part: Exclude<Part, 'text'>, value: string, filter: RowFilter | undefined): RowFilter {
  const given = value === '' ? undefined : value;
  switch (part) {
    case 'state':
      return { ...filter, state: given };
    case 'os':
      return { ...filter, os: given?.toLowerCase() };
    case 'tag':
      return { ...filter, tag: given === undefined ? undefined : parseTag(given) };
    case 'activation':
      return { ...filter, activationId: given };
    case 'resourceGroup':
      return { ...filter, resourceGroupId: given };
    default: {
      const never: never = part;
      return never;
    }
  }
}
