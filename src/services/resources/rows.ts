import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/account';
import type { DestroyAction, Kind, State } from '../../core/kind';
import { placeOf } from '../../core/target';
import { formatCount } from '../../util/format';
import { visibleText } from '../../util/visible';
import { accountRow } from './accountRows';
import type { Wording } from '../views/fieldText';
import { countWords, kindCount, listWords } from './counts';
import { messageRow } from './messageRows';
import type { TreeModel, TreeModelOptions } from './treeModel';
import {
  nodeId,
  type GroupNode,
  type KindNode,
  type MoreNode,
  type Node,
  type RegionNode,
  type ResourceNode,
} from './nodes';

/** What can be done with a row; menus follow these, never kinds or clouds. */
export type Ability =
  | 'details'
  | 'deregister'
  | 'delete'
  | 'release'
  | 'refresh'
  | 'retry'
  | 'loadMore'
  | 'copy'
  | 'response'
  | 'policy'
  | 'editAccount'
  | 'protect'
  | 'diagnose'
  | 'choose'
  | 'stop'
  | 'registered';

/** One row as it is drawn, without VS Code. Texts of a cloud stand in it as plain text. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  /** A codicon id; never the only sign of anything. */
  readonly icon?: string | undefined;
  readonly tone?: State['tone'] | undefined;
  /** What a screen reader says instead of label and description. */
  readonly spoken?: string | undefined;
  readonly expand: 'none' | 'collapsed' | 'expanded';
  /** Words for menus, most general first: `resource`, cloud, kind, state. */
  readonly words: readonly string[];
  readonly abilities: readonly Ability[];
  /** The command a click runs, with the row as its argument. */
  readonly click?: 'retry' | 'loadMore' | 'loadAll' | 'clearFilter' | 'showRegions' | undefined;
}

/** What rows are drawn from; the model holds the rows and what stands below them. */
export interface RowContext extends Wording, Omit<TreeModelOptions, 'language' | 'problems'> {
  readonly model: TreeModel;
  /** Whether an account can be renamed and removed here. */
  readonly canEdit: (account: Account) => boolean;
}

/** Draws a row from what is known now. */
export function rowOf(node: Node, context: RowContext): Row {
  switch (node.type) {
    case 'account':
      return accountRow(node, context);
    case 'region':
      return regionRow(node, context);
    case 'kind':
      return kindRow(node, context);
    case 'group':
      return groupRow(node, context);
    case 'resource':
      return resourceRow(node, context);
    case 'more':
      return moreRow(node, context);
    case 'message':
      return messageRow(node, context);
    default: {
      const never: never = node;
      return never;
    }
  }
}

function regionRow(node: RegionNode, { model }: RowContext): Row {
  const name = visibleText(model.regionName(node.place));
  const id = visibleText(node.place.region);
  return {
    id: nodeId(node),
    label: name,
    description: name === id ? undefined : id,
    icon: 'globe',
    spoken: name === id ? l10n.t('Region {0}', id) : l10n.t('Region {0}, {1}', name, id),
    expand: 'collapsed',
    words: ['region', node.place.provider],
    abilities: ['refresh', 'choose'],
  };
}

function kindRow(node: KindNode, context: RowContext): Row {
  const { model } = context;
  const kind = model.kindOf(node);
  const listing = model.listing(node);
  const label = kind?.many() ?? node.kind;
  const count = listing === undefined ? undefined : kindCount(node, listing, context);
  const description = listing === undefined ? undefined : listWords(listing, count ?? '');
  return {
    id: nodeId(node),
    label,
    description,
    icon: kind?.icon,
    spoken:
      description === undefined ? label : `${label}, ${listing?.reading === true ? l10n.t('loading') : description}`,
    expand: 'collapsed',
    words: ['kind', node.place.provider, node.kind],
    abilities: [
      listing?.reading === true ? 'stop' : 'refresh',
      ...(listing?.exchangeId === undefined ? [] : ['response' as const]),
    ],
  };
}

function groupRow(node: GroupNode, { model, language }: RowContext): Row {
  const label = visibleText(node.label);
  const count = formatCount(model.shown(node).known, language);
  return {
    id: nodeId(node),
    label,
    description: count,
    icon: 'list-tree',
    spoken: l10n.t('Group {0}, {1}', label, count),
    expand: 'collapsed',
    words: ['group'],
    abilities: [],
  };
}

function resourceRow(node: ResourceNode, context: RowContext): Row {
  const { model, inventory, clock } = context;
  const { target } = node;
  const kind = model.kindOf({ place: placeOf(target), kind: target.kind });
  const item = inventory.item(placeOf(target), target.kind, target.id);
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
  const busy = context.busy.has(target);
  const name = visibleText(kind.name(item));
  const doing = busy && kind.destroy !== undefined ? [`${kind.destroy.words.doing()}…`] : [];
  const words = [...doing, state.label()].map(visibleText);
  const facts = kind.summary(item, now).map(visibleText);
  return {
    ...base,
    label: name,
    description: [...words, ...facts].join(' · '),
    icon: busy ? 'loading~spin' : state.icon,
    tone: busy ? undefined : state.tone,
    spoken: [kind.one(), name, ...words, ...facts].join(', '),
    words: ['resource', target.provider, target.kind, state.token, ...(busy ? ['busy'] : [])],
    abilities: [
      'details',
      'copy',
      'refresh',
      'response',
      ...(kind.registers === undefined ? [] : ['registered' as const]),
      ...destructive(kind, target.accountId, context, busy),
    ],
  };
}

/** By command, not by verb: two clouds may call the same command's work "release" and "delete". */
export const abilityFor: Readonly<Record<DestroyAction['command'], Ability>> = {
  deregisterManagedInstance: 'deregister',
  deleteActivation: 'delete',
  deleteInstances: 'release',
};

/** A read-only account offers nothing that deletes, and a row a run works on is not offered a second time. */
function destructive(kind: Kind, accountId: string, { accounts }: RowContext, busy: boolean): Ability[] {
  const level = accounts.get(accountId)?.level;
  return kind.destroy === undefined || busy || level === undefined || level === 'readOnly'
    ? []
    : [abilityFor[kind.destroy.command]];
}

function moreRow(node: MoreNode, { model, view, language }: RowContext): Row {
  const listing = model.listing(node);
  const { drawn, known } = model.shown(node);
  const isWhole = node.group === undefined && view.filter === undefined;
  const all = isWhole && listing !== undefined ? countWords(listing, language) : formatCount(known, language);
  return {
    id: nodeId(node),
    label: l10n.t('{0} of {1} shown', formatCount(drawn, language), all),
    description: l10n.t('Show more'),
    icon: 'ellipsis',
    expand: 'none',
    words: ['more'],
    abilities: ['loadMore'],
    click: 'loadMore',
  };
}
