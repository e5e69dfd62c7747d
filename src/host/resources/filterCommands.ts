import * as l10n from '@vscode/l10n';
import { facetIds, facetType, hasKeys, type FacetId } from '../../core/facet';
import { wantedOf, wantedText, withWanted, type RowFilter } from '../../services/inventory/filter';
import {
  rowChoices,
  valueName,
  type RowChoice,
  type RowChoicesOptions,
  type RowFact,
} from '../../services/resources/facetValues';
import { describeGrouping, partsOf, type Grouping } from '../../services/resources/grouping';
import type { RowView } from '../../services/resources/viewState';
import { formatCount } from '../../util/format';
import { pickOrType } from '../ui/pickOrType';
import { pickOne, type Choice } from '../ui/steps';
import { askFilterText, textHint } from './askFilterText';
import type { ResourcesTree } from './tree';

type Part = 'text' | FacetId;

export interface FilterDeps extends RowChoicesOptions {
  /** What the user wants to see of the resources. */
  readonly view: RowView;
  readonly tree: ResourcesTree;
  /** The user's language, as VS Code names it. */
  readonly language: string;
}

/** Asks for a part of the filter and its value; the other parts stay. The rows follow while text is typed. */
export async function filterRows(deps: FilterDeps): Promise<void> {
  const { view } = deps;
  for (;;) {
    const part = await pickOne<Part | 'clear'>({
      title: l10n.t('Filter'),
      placeholder: l10n.t('Show only rows that fit; several parts must all fit'),
      empty: '',
      load: () => Promise.resolve(partChoices(view, deps)),
    });
    if (part === 'cancel' || part === 'back') return;
    if (part.value === 'clear') return view.setFilter(undefined);
    const went = await (part.value === 'text' ? askText(view, deps) : askValue(part.value, view, deps));
    if (went !== 'back') return;
  }
}

/** Asks what to group the rows of each list by. */
export async function groupRows(deps: FilterDeps): Promise<void> {
  const { view } = deps;
  for (;;) {
    const answer = await pickOne<FacetId | 'none'>({
      title: l10n.t('Group by'),
      placeholder: view.grouping === undefined ? l10n.t('Rows are not grouped') : describeGrouping(view.grouping),
      empty: '',
      load: () => Promise.resolve(groupingChoices(view.grouping)),
    });
    if (answer === 'cancel' || answer === 'back') return;
    if (answer.value === 'none') return view.setGrouping(undefined);
    if (!hasKeys(answer.value)) return view.setGrouping(answer.value);
    const key = await pickOrType({
      title: l10n.t('Group by tag'),
      placeholder: l10n.t('Key of the tag; choose one or type it'),
      back: true,
      choices: valueChoices('tagKey', deps),
      typed: (text) => l10n.t('Use “{0}”', text),
    });
    if (key === 'cancel') return;
    if (key !== 'back') return view.setGrouping(`${answer.value}:${key.value}`);
  }
}

/** Those that ask for a key come last. */
function groupingChoices(grouping: Grouping | undefined): Choice<FacetId | 'none'>[] {
  const now = grouping === undefined ? 'none' : partsOf(grouping).id;
  const iconOf = (value: FacetId | 'none'): string => (value === now ? 'check' : 'blank');
  const choice = (id: FacetId): Choice<FacetId> => {
    const { choose, label } = facetType(id);
    return { label: hasKeys(id) ? choose() : label(), icon: iconOf(id), value: id };
  };
  const ids = [...facetIds.filter((id) => !hasKeys(id)), ...facetIds.filter(hasKeys)];
  return [{ label: l10n.t('None'), icon: iconOf('none'), value: 'none' }, ...ids.map(choice)];
}

function partChoices({ filter }: RowView, deps: FilterDeps): Choice<Part | 'clear'>[] {
  const text = {
    label: l10n.t('Text…'),
    description: filter?.text,
    detail: textHint(),
    icon: 'search',
    value: 'text' as const,
  };
  const parts = facetIds.map((id) => ({
    label: facetType(id).choose(),
    description: filter === undefined ? undefined : wantedName(id, filter, deps),
    icon: facetType(id).icon,
    value: id,
  }));
  const clear = { label: l10n.t('Clear filter'), icon: 'clear-all', value: 'clear' as const };
  return filter === undefined ? [text, ...parts] : [clear, text, ...parts];
}

/** The value a part of the filter has now, in words. */
function wantedName(id: FacetId, filter: RowFilter, deps: FilterDeps): string | undefined {
  const wanted = wantedOf(filter, id);
  return wanted === undefined ? undefined : valueName(id, wantedText(wanted), deps);
}

function askText(view: RowView, { tree }: FilterDeps): Promise<'next' | 'back' | 'cancel'> {
  void tree.model.lists.prepare();
  return askFilterText<RowFilter>(view, (before, text) => ({ ...before, text }));
}

async function askValue(id: FacetId, view: RowView, deps: FilterDeps): Promise<'next' | 'back' | 'cancel'> {
  const any = { label: l10n.t('Any'), icon: 'circle-slash', value: '' };
  const isOn = view.filter !== undefined && wantedOf(view.filter, id) !== undefined;
  const answer = await pickOrType({
    title: l10n.t('Filter'),
    placeholder: hasKeys(id) ? l10n.t('key or key=value; choose one or type it') : l10n.t('Choose one or type it'),
    back: true,
    choices: [...(isOn ? [any] : []), ...valueChoices(id, deps)],
    typed: (text) => l10n.t('Use “{0}”', text),
  });
  if (answer === 'back' || answer === 'cancel') return answer;
  await view.setFilter(withWanted(view.filter, id, answer.value === '' ? undefined : answer.value));
  return 'next';
}

function valueChoices(fact: RowFact, deps: FilterDeps): Choice<string>[] {
  const { language } = deps;
  const choice = ({ value, label, count }: RowChoice): Choice<string> => ({
    label,
    description: formatCount(count, language),
    value,
  });
  return rowChoices(fact, deps).slice(0, choicesAtMost).map(choice);
}

/** A list of thousands of tags helps nobody; any other can be typed. */
const choicesAtMost = 500;
