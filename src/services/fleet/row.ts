import * as l10n from '@vscode/l10n';
import { formatCount } from '../../util/format';
import { visibleText } from '../../util/visible';
import { countWords } from '../resources/counts';
import { activationName, valueName } from '../resources/facetValues';
import type { MessageNode } from '../resources/nodes';
import { rowOf, tooltipOf } from '../resources/nodeTypes';
import type { Row, RowContext } from '../resources/rows';
import { failureNotes } from '../resources/tooltipNotes';
import { fleetFilterParts } from './fleetFilter';
import type { FleetModel, Incomplete } from './fleetModel';
import { fleetNodeId, type FleetNode, type Note } from './nodes';
import { scopeWords, twinWords, whereWords } from './words';

/** One row of the flat list as it is drawn, without VS Code. */
export interface FleetDrawn extends Omit<Row, 'abilities' | 'click'> {
  readonly abilities: readonly (Row['abilities'][number] | 'clearHosts' | 'readHosts' | 'stopHosts')[];
  readonly click?: Row['click'] | 'filterHosts' | 'clearHosts' | 'chooseHosts' | 'readHosts' | 'stopHosts' | undefined;
}

export interface FleetContext {
  /** What rows of resources are drawn from. */
  readonly rows: RowContext;
  readonly fleet: FleetModel;
}

export function fleetRowOf(node: FleetNode, context: FleetContext): FleetDrawn {
  switch (node.type) {
    case 'resource':
      return rowOf(node, { ...context.rows, where: (target) => whereWords(target, context.rows) });
    case 'message':
      return { ...incompleteRow(node, context), id: fleetNodeId(node), expand: 'none' };
    case 'hosts':
      return { ...noteRow(node.about, context), id: fleetNodeId(node), expand: 'none', words: ['hosts', node.about] };
  }
}

export async function fleetTooltipOf(
  node: FleetNode,
  context: FleetContext,
  signal?: AbortSignal,
): ReturnType<typeof tooltipOf> {
  if (node.type === 'resource') return tooltipOf(node, context.rows, signal);
  if (node.type === 'hosts')
    return node.about === 'twins'
      ? { title: l10n.t('Read once'), lines: [], notes: twinWords(context.fleet) }
      : undefined;
  const error = errorOf(node, context);
  return error === undefined
    ? undefined
    : { title: l10n.t('Could not be read'), lines: [], notes: failureNotes(error) };
}

type Drawn = Omit<FleetDrawn, 'id' | 'expand' | 'words'>;

function noteRow(about: Note, context: FleetContext): Drawn {
  const { fleet, rows } = context;
  const count = (n: number): string => formatCount(n, rows.language);
  switch (about) {
    case 'filter':
      return filterNote(context);
    case 'only': {
      const label = l10n.t('Found: {0}', visibleText(fleet.view.only?.title ?? ''));
      return { label, description: l10n.t('Show all'), icon: 'search', abilities: ['clearHosts'], click: 'clearHosts' };
    }
    case 'scope': {
      const label = l10n.t('Only: {0}', visibleText(scopeWords(fleet, rows)));
      return { label, icon: 'globe', abilities: [], click: 'chooseHosts' };
    }
    case 'twins': {
      const [first = '', ...others] = twinWords(fleet).map(visibleText);
      const label = others.length === 0 ? first : l10n.t('{0} and {1} more', first, count(others.length));
      return { label, icon: 'info', abilities: [] };
    }
    case 'reading':
      return readingNote(context);
    case 'unread':
      return unreadNote(context);
    case 'further': {
      const rest = fleet.incomplete().length - fleet.children().filter(({ type }) => type === 'message').length;
      const label = l10n.t('Further lists that are not complete: {0}', count(rest));
      return {
        label,
        description: l10n.t('Read again'),
        icon: 'warning',
        tone: 'warning',
        abilities: [],
        click: 'readHosts',
      };
    }
    case 'noMatch':
      return {
        label: l10n.t('No match'),
        description: l10n.t('Clear filter'),
        icon: 'filter',
        abilities: [],
        click: 'clearHosts',
      };
    case 'empty':
      return { label: l10n.t('No hosts here'), icon: 'circle-slash', abilities: [] };
    case 'more': {
      const [drawn, known] = [fleet.drawn(), fleet.shown().length];
      return {
        label: l10n.t('{0} of {1} shown', count(drawn), count(known)),
        description: l10n.t('Show more'),
        icon: 'ellipsis',
        abilities: ['loadMore'],
        click: 'loadMore',
        // Rows that are known follow as soon as this one comes into sight.
        seen: String(drawn),
      };
    }
  }
}

function filterNote({ fleet, rows }: FleetContext): Drawn {
  const known = { ...rows, inventory: fleet };
  const nameOf = (id: Parameters<typeof valueName>[0], value: string): string =>
    id === 'activation' ? activationName(value, rows) : valueName(id, value, known);
  const label = l10n.t('Filter: {0}', visibleText(fleetFilterParts(fleet.view.filter ?? {}, nameOf)));
  return {
    label,
    icon: 'filter-filled',
    spoken: l10n.t('{0}. Activate to change it.', label),
    abilities: ['clearHosts'],
    click: 'filterHosts',
  };
}

function readingNote({ fleet, rows }: FleetContext): Drawn {
  const { done, total, at } = fleet.reader.progress ?? { done: 0, total: 0, at: undefined };
  const label =
    total === 0
      ? l10n.t('Reading regions…')
      : l10n.t('Reading: {0} of {1} lists', formatCount(done, rows.language), formatCount(total, rows.language));
  return {
    label,
    description: [...(at === undefined ? [] : whereWords(at.place, rows)), l10n.t('Stop')].map(visibleText).join(' · '),
    icon: 'loading~spin',
    abilities: ['stopHosts'],
    click: 'stopHosts',
  };
}

function unreadNote({ fleet, rows }: FleetContext): Drawn {
  const { lists, all } = fleet.unread();
  const label =
    lists === all
      ? l10n.t('Not read yet')
      : l10n.t('Not read yet: {0} of {1} lists', formatCount(lists, rows.language), formatCount(all, rows.language));
  const description = l10n.t('Read all');
  return { label, description, icon: 'cloud-download', abilities: ['readHosts'], click: 'readHosts' };
}

/** A list that could not be read, or not to its end: where it is goes first. */
function incompleteRow(node: MessageNode, context: FleetContext): Omit<FleetDrawn, 'id' | 'expand'> {
  const { rows } = context;
  const label = visibleText(placeWords(node, context));
  const list = incompleteOf(node, context)?.list;
  if (node.about === 'partial' && list?.listing !== undefined) {
    const { items } = list.listing;
    const part = l10n.t(
      '{0} of {1} read',
      formatCount(items.size, rows.language),
      countWords(list.listing, rows.language),
    );
    return {
      label,
      description: [part, l10n.t('Load all')].join(' · '),
      icon: 'ellipsis',
      words: ['message', 'partial'],
      abilities: ['loadMore'],
      click: 'loadAll',
    };
  }
  const drawn = rowOf(node, rows);
  if (node.about === 'left') return { ...drawn, label, description: drawn.label };
  const error = errorOf(node, context);
  const why = [error?.message, error?.advice, error?.code].filter((part) => part !== undefined).map(visibleText);
  return {
    ...drawn,
    label,
    description: why.join(' · '),
    spoken: l10n.t('{0} could not be read. {1} Activate to retry.', label, why.join(' ')),
    ...(node.parent?.type === 'account' ? { click: 'readHosts' as const, abilities: [] } : {}),
  };
}

function placeWords({ parent }: MessageNode, { fleet, rows }: FleetContext): string {
  if (parent === undefined) return '';
  if (parent.type === 'account') return rows.accounts.get(parent.accountId)?.name ?? parent.accountId;
  const kind = rows.clouds.kind(parent.place.provider, parent.kind);
  const kinds = new Set(fleet.places.lists().map((list) => list.kind.id));
  return [...whereWords(parent.place, rows), ...(kinds.size > 1 && kind !== undefined ? [kind.many()] : [])].join(
    ' · ',
  );
}

function incompleteOf(node: MessageNode, { fleet }: FleetContext): Incomplete | undefined {
  return fleet.incomplete().find((one) => one.node === node);
}

function errorOf(node: MessageNode, context: FleetContext) {
  if (node.parent?.type === 'account') return context.fleet.reader.failure(node.parent.accountId);
  return incompleteOf(node, context)?.list?.listing?.error;
}
