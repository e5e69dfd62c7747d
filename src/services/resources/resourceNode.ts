import * as l10n from '@vscode/l10n';
import { removalOf } from '../../core/action';
import { visibleText } from '../../util/visible';
import { fieldText, withoutSecrets, type FieldText } from '../views/fieldText';
import type { Tooltip } from '../views/tooltip';
import { factsOf } from './facts';
import { nodeId, type GroupNode, type KindNode, type ResourceNode } from './nodes';
import type { NodeType } from './nodeType';
import { offeredActions, type Row, type RowContext } from './rows';
import type { ShownList } from './shownList';
import { ageWords } from './tooltipNotes';
import type { TreeParts } from './treeParts';

/** How many fields of a record a tooltip shows; all of them are in the details. */
const fieldsShown = 10;

/** One resource. */
export const resourceType: NodeType<ResourceNode> = {
  children: () => [],
  parent: (node, tree) => levelAbove(tree.lists.ofRow(node), node.target.id, tree),
  row: resourceRow,
  tooltip: resourceTooltip,
};

/** The row above a resource: its group where rows are grouped. */
export function levelAbove(list: ShownList, id: string, tree: Pick<TreeParts, 'keep'>): KindNode | GroupNode {
  const { node, rows } = list;
  const by = list.grouping;
  const group = by === undefined ? undefined : rows?.groups.get(rows.keyOf(id) ?? '');
  if (by === undefined || group === undefined || rows?.has(id) !== true) return node;
  const { place, kind } = node;
  return tree.keep({ type: 'group', place, kind, by, key: group.key, label: group.label });
}

function resourceRow(node: ResourceNode, context: RowContext): Row {
  const { model, clock } = context;
  const { target } = node;
  const list = model.lists.ofRow(node);
  const { kind } = list;
  const item = list.item(target.id);
  const base = { id: nodeId(node), expand: 'none' } as const;
  if (kind === undefined || item === undefined) {
    return {
      ...base,
      label: visibleText(target.id),
      icon: 'question',
      words: ['resource', target.provider, target.kind, 'unknown'],
      abilities: ['copy'],
    };
  }
  const now = clock.now();
  const state = kind.state(item, now);
  const doing = context.busy.doing(target);
  const busy = doing !== undefined;
  const name = visibleText(kind.name(item));
  const doingWords = busy ? [visibleText(`${doing}…`)] : [];
  const stateText = visibleText(state.label());
  // What it is on the way from or to reads like what a run does to it, and is said once.
  const stateWords = [state.isTransient === true ? `${stateText}…` : stateText].filter(
    (one) => !doingWords.includes(one),
  );
  const own = kind.results === undefined ? undefined : context.ownRuns?.of(target);
  const ownWords = own === undefined ? [] : [l10n.t('started here')];
  const [first = [], ...rest] = factsOf(kind, item, now).map(visibleText);
  const facts = [first, context.where?.(target).map(visibleText) ?? [], rest, ownWords].flat(2);
  return {
    ...base,
    label: name,
    // The icon says the state already, and a narrow view cuts what stands last.
    description: [...doingWords, ...facts, ...stateWords].join(' · '),
    icon: busy ? 'loading~spin' : state.icon,
    tone: busy ? undefined : state.tone,
    spoken: [kind.one(), name, ...doingWords, ...stateWords, ...facts].join(', '),
    words: ['resource', target.provider, target.kind, state.token, ...(busy ? ['busy'] : [])],
    abilities: [
      'details',
      'copy',
      ...(kind.addresses === undefined ? [] : ['address' as const]),
      ...(kind.script === undefined ? [] : ['script' as const]),
      ...(kind.saving === undefined || busy || isReadOnly(target, context) ? [] : ['editScript' as const]),
      'refresh',
      'response',
      ...(kind.registers === undefined ? [] : ['registered' as const]),
      ...(kind.results === undefined ? [] : ['hostResults' as const]),
      ...(own === undefined ? [] : ['ownRun' as const]),
    ],
    actions: busy ? [] : offeredActions({ kind, item, now }, target.accountId, context),
    click: 'previewDetails',
  };
}

function isReadOnly({ accountId }: ResourceNode['target'], { accounts }: RowContext): boolean {
  return accounts.get(accountId)?.level === 'readOnly';
}

function resourceTooltip(node: ResourceNode, context: RowContext): Tooltip | undefined {
  const { model, accounts, clock } = context;
  const { target } = node;
  const list = model.lists.ofRow(node);
  const {
    kind,
    node: { place },
  } = list;
  const item = list.item(target.id);
  if (kind === undefined || item === undefined) return undefined;
  const readAt = list.listing?.readAt;
  const shown = withoutSecrets(item);
  const fields = kind.fields.map((field) => ({ label: field.label(), text: fieldText(field, shown, context) }));
  const title = kind.name(item);
  const now = clock.now();
  const facts = factsOf(kind, item, now).join(' · ');
  const where = [
    { label: l10n.t('State'), value: kind.state(item, now).label() },
    // The row is often too narrow for them.
    ...(facts === '' ? [] : [{ label: l10n.t('Summary'), value: facts }]),
    { label: l10n.t('Account'), value: accounts.get(target.accountId)?.name ?? target.accountId },
    { label: l10n.t('Region'), value: `${model.regionName(place)} (${place.region})` },
  ];
  // Nothing is said twice: neither the name nor the state that has its words above.
  const said = new Set(where.map(({ label }) => label));
  const more = fields.flatMap(({ label, text }) => (text.type === 'missing' ? [] : [{ label, value: oneLine(text) }]));
  return {
    title,
    lines: [...where, ...more.filter(({ label, value }) => value !== title && !said.has(label)).slice(0, fieldsShown)],
    notes: [
      // What stands in the way of deleting it, or is to be known before.
      ...(removalOf(kind)?.review.findings(item, now, {}) ?? []).map(({ text }) => text),
      ...(readAt === undefined ? [] : [ageWords(readAt, context)]),
    ],
  };
}

function oneLine(text: FieldText): string {
  switch (text.type) {
    case 'text':
    case 'missing':
      return text.text;
    case 'list':
      return text.items.join(', ');
    case 'tags':
      return text.tags.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join(', ');
    default: {
      const never: never = text;
      return never;
    }
  }
}
