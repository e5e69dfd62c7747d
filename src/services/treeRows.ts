import * as l10n from '@vscode/l10n';
import type { Account } from '../core/account';
import type { DestroyAction, Kind, State } from '../core/kind';
import { placeOf } from '../core/target';
import { formatCount } from '../util/format';
import { visibleText } from '../util/visible';
import type { Wording } from './fieldText';
import { levelWords } from './levelWords';
import { countWords, kindCount, listWords } from './listWords';
import { messageRow } from './messageRows';
import type { TreeModel, TreeModelOptions } from './treeModel';
import {
  nodeId,
  type AccountNode,
  type GroupNode,
  type KindNode,
  type MoreNode,
  type Node,
  type RegionNode,
  type ResourceNode,
} from './treeNodes';

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

function accountRow(node: AccountNode, context: RowContext): Row {
  const { accounts, clouds, canEdit } = context;
  const account = accounts.get(node.accountId);
  const base = { id: nodeId(node), expand: 'collapsed' } as const;
  if (account === undefined)
    return { ...base, expand: 'none', label: node.accountId, words: ['account'], abilities: [] };
  const level = levelWords(account.level);
  const facts =
    account.sandbox === true
      ? [account.source, ...hiddenWords(account, context)]
      : [
          clouds.provider(account.provider).name(),
          ...(account.level === 'normal' ? [] : [level.label]),
          account.source,
          ...hiddenWords(account, context),
        ];
  return {
    ...base,
    label: visibleText(account.name),
    description: facts.map(visibleText).join(' · '),
    icon: account.sandbox === true ? 'beaker' : level.icon,
    spoken: l10n.t('Account {0}, {1}', visibleText(account.name), facts.map(visibleText).join(', ')),
    expand: accounts.list().length === 1 ? 'expanded' : 'collapsed',
    words: ['account', account.provider, account.sandbox === true ? 'sandbox' : account.level],
    abilities: [
      'refresh',
      'choose',
      'diagnose',
      ...(account.sandbox === true ? [] : (['protect'] as const)),
      ...(canEdit(account) ? (['editAccount'] as const) : []),
    ],
  };
}

/** How much of an account is shown, when that is not all: "3 of 24 regions". */
function hiddenWords({ id, provider }: Account, { model, clouds, view, language }: RowContext): string[] {
  const hidden = view.hidden(id);
  const { regions } = model.regionsOf(id);
  const { kinds } = clouds.provider(provider);
  const count = (all: readonly { readonly id: string }[], without: readonly string[]): [string, string] | undefined => {
    const left = all.filter((one) => !without.includes(one.id)).length;
    return left === all.length ? undefined : [formatCount(left, language), formatCount(all.length, language)];
  };
  const ofRegions = count(regions ?? [], hidden.regions);
  const ofKinds = count(kinds, hidden.kinds);
  return [
    ...(ofRegions === undefined ? [] : [l10n.t('{0} of {1} regions', ...ofRegions)]),
    ...(regions === undefined && hidden.regions.length > 0 ? [l10n.t('some regions hidden')] : []),
    ...(ofKinds === undefined ? [] : [l10n.t('{0} of {1} kinds', ...ofKinds)]),
  ];
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
  return {
    ...base,
    label: name,
    description: [...words, ...kind.summary(item, now).map(visibleText)].join(' · '),
    icon: busy ? 'loading~spin' : state.icon,
    tone: busy ? undefined : state.tone,
    spoken: [kind.one(), name, ...words].join(', '),
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
