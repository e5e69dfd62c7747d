import * as l10n from '@vscode/l10n';
import { hostFacetIds, facetType, type FacetId } from '../../core/facet';
import { withFacet, type FleetFilter } from '../../services/fleet/fleetFilter';
import type { FleetModel } from '../../services/fleet/fleetModel';
import { rowChoices, valueName, type RowChoicesOptions } from '../../services/resources/facetValues';
import { addressTest } from '../../util/addressRange';
import { formatCount } from '../../util/format';
import { enterText, pickMany, pickOne, type Choice } from '../ui/steps';
import { askFilterText, textHint } from './askFilterText';

export interface FleetFilterDeps extends RowChoicesOptions {
  readonly fleet: FleetModel;
  /** The user's language, as VS Code names it. */
  readonly language: string;
}

type Part = 'text' | 'addresses' | FacetId;

/** Asks for a part of the filter and its values; the other parts stay. The rows follow while text is typed. */
export async function filterHosts(deps: FleetFilterDeps): Promise<void> {
  const { view } = deps.fleet;
  for (;;) {
    const part = await pickOne<Part | 'clear'>({
      title: l10n.t('Filter hosts'),
      placeholder: l10n.t('Show only hosts that fit; several parts must all fit, of several values any one'),
      empty: '',
      load: () => Promise.resolve(partChoices(view.filter, deps)),
    });
    if (part === 'cancel' || part === 'back') return;
    if (part.value === 'clear') return view.clear();
    if ((await ask(part.value, deps)) !== 'back') return;
  }
}

function partChoices(filter: FleetFilter | undefined, deps: FleetFilterDeps): Choice<Part | 'clear'>[] {
  const { text, addresses, facets = {} } = filter ?? {};
  const clear = { label: l10n.t('Clear filter'), icon: 'clear-all', value: 'clear' as const };
  const parts: Choice<Part>[] = [
    { label: l10n.t('Text…'), description: text, detail: textHint(), icon: 'search', value: 'text' },
    {
      label: l10n.t('Address…'),
      description: addresses?.join(' '),
      detail: addressHint(),
      icon: 'radio-tower',
      value: 'addresses',
    },
    ...hostFacetIds.map((id) => ({
      label: facetType(id).choose(),
      description: facets[id]?.map((value) => nameOf(id, value, deps)).join(l10n.t(', ')),
      icon: facetType(id).icon,
      value: id,
    })),
  ];
  return filter === undefined ? parts : [clear, ...parts];
}

function ask(part: Part, deps: FleetFilterDeps): Promise<'next' | 'back' | 'cancel'> {
  if (part === 'text') return askFilterText(deps.fleet.view, (before, text) => ({ ...before, text }));
  return part === 'addresses' ? askAddresses(deps) : askValues(part, deps);
}

function addressHint(): string {
  return l10n.t('For example 10.0.0.7, 10.0.0.0/8 or 10.0.*; several with spaces between them');
}

async function askAddresses({ fleet: { view } }: FleetFilterDeps): Promise<'next' | 'back' | 'cancel'> {
  const parse = (text: string): string[] => text.split(/[\s,;，；、]+/).filter((part) => part !== '');
  const answer = await enterText({
    title: l10n.t('Filter by address'),
    prompt: `${addressHint()}. ${l10n.t('Empty shows all.')}`,
    value: view.filter?.addresses?.join(' '),
    back: true,
    validate: (text) => {
      const odd = parse(text).find((part) => addressTest(part) === undefined);
      return odd === undefined ? undefined : l10n.t('"{0}" is no address, block or pattern.', odd);
    },
  });
  if (answer === 'back' || answer === 'cancel') return answer;
  await view.setFilter({ ...view.filter, addresses: parse(answer.value) });
  return 'next';
}

async function askValues(id: FacetId, deps: FleetFilterDeps): Promise<'next' | 'back' | 'cancel'> {
  const { view } = deps.fleet;
  const answer = await pickMany<string>({
    title: facetType(id).label(),
    placeholder: l10n.t('Any of those that are ticked; none shows all'),
    empty: l10n.t('No values are known yet. Read the hosts first.'),
    back: true,
    orNone: true,
    load: () => Promise.resolve(valueChoices(id, deps)),
  });
  if (answer === 'back' || answer === 'cancel') return answer;
  await view.setFilter(withFacet(view.filter, id, answer.value));
  return 'next';
}

/** A list of thousands of tags helps nobody; those that are wanted are always among them. */
const choicesAtMost = 500;

function valueChoices(id: FacetId, deps: FleetFilterDeps): Choice<string>[] {
  const { fleet, language } = deps;
  const wanted = fleet.view.filter?.facets?.[id] ?? [];
  const known = rowChoices(id, { ...deps, inventory: fleet });
  const choices = known.slice(0, choicesAtMost).map(({ value, label, count }): Choice<string> => ({
    label,
    description: formatCount(count, language),
    picked: wanted.includes(value),
    value,
  }));
  const others = wanted.filter((value) => value !== '' && !choices.some((choice) => choice.value === value));
  const silent = { label: l10n.t('(not known)'), picked: wanted.includes(''), value: '' };
  return [
    ...choices,
    ...others.map((value) => ({ label: nameOf(id, value, deps), picked: true, value })),
    ...(known.length === 0 ? [] : [silent]),
  ];
}

function nameOf(id: FacetId, value: string, deps: FleetFilterDeps): string {
  return value === '' ? l10n.t('(not known)') : valueName(id, value, { ...deps, inventory: deps.fleet });
}
