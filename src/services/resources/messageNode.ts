import * as l10n from '@vscode/l10n';
import type { CloudError } from '../../core/cloudError';
import { formatCount } from '../../util/format';
import { visibleText } from '../../util/visible';
import { filterParts } from '../inventory/filter';
import { causeOf } from '../views/errorCause';
import type { Tooltip } from '../views/tooltip';
import { countWords } from './counts';
import { valueName } from './facetValues';
import { nodeId, type MessageNode } from './nodes';
import type { NodeType } from './nodeType';
import type { Row, RowContext, RowModel } from './rows';
import { failureNotes } from './tooltipNotes';

/** A state in place of rows, or above them. */
export const messageType: NodeType<MessageNode> = {
  children: () => [],
  parent: ({ parent }) => parent,
  row: messageRow,
  tooltip: messageTooltip,
};

function messageRow(node: MessageNode, context: RowContext): Row {
  const { model } = context;
  const base = { id: nodeId(node), expand: 'none', abilities: [] } as const;
  const { about } = node;
  if (typeof about !== 'string') {
    const label = about.title ?? l10n.t('Accounts from {0} are not shown', visibleText(about.where));
    return {
      ...base,
      label,
      description: visibleText(about.message),
      icon: 'warning',
      tone: 'warning',
      words: ['message', 'problem'],
    };
  }
  switch (about) {
    case 'loading':
      return { ...base, label: l10n.t('Loading…'), icon: 'loading~spin', words: ['message', about] };
    case 'empty':
      return { ...base, label: emptyWords(node, model), icon: 'circle-slash', words: ['message', about] };
    case 'unsupported':
      return { ...base, label: l10n.t('Not offered in this region'), icon: 'circle-slash', words: ['message', about] };
    case 'stopped':
      return {
        ...base,
        label: l10n.t('Loading was stopped'),
        description: l10n.t('Retry'),
        icon: 'debug-pause',
        words: ['message', about],
        abilities: ['retry'],
        click: 'retry',
      };
    case 'noMatch':
      return {
        ...base,
        label: l10n.t('No match'),
        description: l10n.t('Clear filter'),
        icon: 'filter',
        words: ['message', about],
        click: 'clearFilter',
      };
    case 'partial':
      return {
        ...base,
        label: partialWords(node, context),
        description: [askingFailed(node, context), l10n.t('Load all')].filter((part) => part !== undefined).join(' · '),
        icon: 'ellipsis',
        words: ['message', about],
        abilities: ['loadMore'],
        click: 'loadAll',
      };
    case 'asking':
      return {
        ...base,
        label: l10n.t('Asking the cloud for “{0}”…', visibleText(context.view.filter?.text ?? '')),
        icon: 'loading~spin',
        words: ['message', about],
      };
    case 'left':
      return {
        ...base,
        label: leftWords(node, context),
        description: l10n.t('Open Response'),
        icon: 'warning',
        tone: 'warning',
        words: ['message', about],
        abilities: ['response'],
        click: 'openResponse',
      };
    case 'allEmpty':
      return {
        ...base,
        label: l10n.t('Nothing in any region'),
        description: l10n.t('Show empty regions'),
        icon: 'circle-slash',
        words: ['message', about],
        abilities: ['showEmpty'],
        click: 'showEmptyRegions',
      };
    case 'hidesEmpty':
      return hidesEmptyRow(base, context);
    case 'filter':
      return filterRow(base, context);
    case 'nothingFits':
      return { ...base, label: l10n.t('No match'), icon: 'filter', words: ['message', about] };
    case 'allHidden':
      return {
        ...base,
        label: l10n.t('All regions are hidden'),
        description: l10n.t('Choose regions'),
        icon: 'eye-closed',
        words: ['message', about],
        click: 'showRegions',
      };
    case 'failed':
      return failedRow(node, model);
    default: {
      const never: never = about;
      return never;
    }
  }
}

/** Which filter is on: hosts look lost otherwise. A click changes it, and its menu clears it. */
function filterRow(base: Pick<Row, 'id' | 'expand'>, context: RowContext): Row {
  const { filter = {} } = context.view;
  const parts = visibleText(filterParts(filter, (id, value) => valueName(id, value, context)));
  const label = l10n.t('Filter: {0}', parts);
  return {
    ...base,
    label,
    icon: 'filter-filled',
    spoken: l10n.t('{0}. Activate to change it.', label),
    words: ['message', 'filter'],
    abilities: ['clearFilter'],
    click: 'filter',
  };
}

/** That regions are left out, and how many: what is in them later would look lost otherwise. A click shows them. */
function hidesEmptyRow(base: Pick<Row, 'id' | 'expand'>, { model, language }: RowContext): Row {
  const { empty, unread } = model.empty.count();
  const label = l10n.t('Empty regions hidden: {0}', formatCount(empty, language));
  const notRead = unread === 0 ? [] : [l10n.t('{0} not read yet', formatCount(unread, language))];
  return {
    ...base,
    label,
    description: [...notRead, l10n.t('Show')].join(' · '),
    icon: 'eye-closed',
    spoken: [label, ...notRead, l10n.t('Activate to show them.')].join('. '),
    words: ['message', 'hidesEmpty'],
    abilities: ['showEmpty'],
    click: 'showEmptyRegions',
  };
}

/** How much of a list the filter or the groups tell of. */
function partialWords({ parent }: MessageNode, { model, view, language }: RowContext): string {
  if (parent?.type !== 'kind') return '';
  const { listing, isCapped } = model.lists.of(parent);
  const read = formatCount(listing?.items.size ?? 0, language);
  if (isCapped) return l10n.t('The cloud finds {0} at most by tag or resource group', read);
  const all = listing === undefined ? read : countWords(listing, language);
  return view.filter === undefined
    ? l10n.t('{0} of {1} are grouped', read, all)
    : l10n.t('Filter applied to {0} of {1}', read, all);
}

/** Why the cloud could not be asked for what fits the filter. */
function askingFailed({ parent }: MessageNode, { model }: RowContext): string | undefined {
  const error = parent?.type === 'kind' ? model.lists.of(parent).search?.error : undefined;
  return error === undefined ? undefined : visibleText(error.message);
}

/** How many records of a list are no rows. */
function leftWords({ parent }: MessageNode, { model, language }: RowContext): string {
  const count = parent?.type === 'kind' ? (model.lists.of(parent).listing?.left.count ?? 0) : 0;
  return count === 1
    ? l10n.t('1 record has no readable ID and is not shown')
    : l10n.t('{0} records have no readable ID and are not shown', formatCount(count, language));
}

function emptyWords({ parent }: MessageNode, model: RowModel): string {
  if (parent?.type !== 'kind') return l10n.t('No regions');
  const { kind } = model.lists.of(parent);
  return l10n.t('None here: {0}', kind?.many() ?? parent.kind);
}

/** The cause is the label, what to do stands behind it, then whatever else is known. All of it is in the tooltip. */
function failedRow(node: MessageNode, model: RowModel): Row {
  const { parent } = node;
  const error = parent === undefined ? undefined : model.failure(parent);
  const isAccount = parent?.type === 'account';
  const areSomeKnown = isAccount && (model.regionsOf(parent.accountId).regions ?? []).length > 0;
  const advice = error?.advice === undefined ? undefined : visibleText(error.advice);
  const label = error === undefined ? '' : visibleText(causeOf(error));
  const facts = error === undefined ? [] : factsBehind(error, label);
  return {
    id: nodeId(node),
    label,
    description: [...(areSomeKnown ? [l10n.t('not all regions could be listed')] : []), ...facts].join(' · '),
    icon: 'error',
    tone: 'bad',
    spoken: l10n.t('Could not be read. {0} {1} Activate to retry.', label, advice ?? ''),
    expand: 'none',
    words: ['message', 'failed'],
    abilities: [
      'retry',
      ...(isAccount ? (['choose'] as const) : []),
      ...(error?.exchangeId === undefined ? [] : (['response'] as const)),
      ...(error?.permission === undefined ? [] : (['policy'] as const)),
    ],
    click: 'retry',
  };
}

/** The code belongs to the cloud's own words, and stands behind the advice where the label has ours. */
function factsBehind({ code, message, advice }: CloudError, label: string): string[] {
  const words = visibleText(message);
  const told = label === words ? [code, advice] : [advice, code, words];
  return told
    .filter((part) => part !== undefined)
    .map(visibleText)
    .filter((part) => part !== '' && !label.includes(part));
}

function messageTooltip({ about, parent }: MessageNode, { model }: RowContext): Tooltip | undefined {
  if (typeof about !== 'string') return { title: about.where, lines: [], notes: [about.message] };
  if (about === 'unsupported') {
    const kind = parent?.type === 'kind' ? model.lists.of(parent).kind?.many() : undefined;
    return {
      title: l10n.t('Not offered in this region'),
      lines: [],
      notes: [l10n.t('The cloud says that "{0}" cannot be listed in this region. Nothing is wrong.', kind ?? '')],
    };
  }
  const error = about === 'failed' && parent !== undefined ? model.failure(parent) : undefined;
  if (error === undefined) return undefined;
  return { title: l10n.t('Could not be read'), lines: [], notes: failureNotes(error) };
}
