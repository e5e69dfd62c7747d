import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import type { Identity } from '../../core/provider';
import { formatCount, formatTime } from '../../util/format';
import { visibleText } from '../../util/visible';
import { levelReason, levelWords } from '../accounts/levelText';
import type { Tooltip, TooltipLine } from '../views/tooltip';
import { nodeId, type AccountNode, type Node } from './nodes';
import type { NodeType } from './nodeType';
import type { Row, RowContext } from './rows';
import { message, shownLists, type TreeParts } from './treeParts';

/** An account; below it stand its regions. */
export const accountType: NodeType<AccountNode> = {
  children: regionRows,
  parent: () => undefined,
  row: accountRow,
  tooltip: accountTooltip,
};

function regionRows(node: AccountNode, tree: TreeParts): Node[] {
  const account = tree.accounts.get(node.accountId);
  if (account === undefined) return [];
  const state = tree.reads.regions(node);
  const { provider, id } = account;
  const hidden = new Set(tree.view.hidden(id).regions);
  const places = (state.regions ?? [])
    .filter((region) => !hidden.has(region.id))
    .map((region) => ({ provider, accountId: id, region: region.id }));
  const filled = places.filter((place) => !tree.empty.draw(place));
  const fitting =
    tree.view.filter === undefined ? filled : filled.filter((place) => shownLists(place, tree).length > 0);
  const rows = fitting.map((place) => tree.keep<Node>({ type: 'region', place }));
  if (state.error !== undefined) return [message(tree, node, 'failed'), ...rows];
  if (rows.length > 0) return rows;
  if (filled.length > 0) return [message(tree, node, 'nothingFits')];
  if (places.length > 0) return [message(tree, node, 'allEmpty')];
  if ((state.regions ?? []).length > 0) return [message(tree, node, 'allHidden')];
  return [message(tree, node, state.regions === undefined ? 'loading' : 'empty')];
}

function accountRow(node: AccountNode, context: RowContext): Row {
  const { accounts, clouds, owners, canEdit } = context;
  const account = accounts.get(node.accountId);
  const base = { id: nodeId(node), expand: 'collapsed' } as const;
  if (account === undefined)
    return { ...base, expand: 'none', label: node.accountId, words: ['account'], abilities: [] };
  const level = levelWords(account.level);
  const facts = [
    // A narrow view cuts what stands last.
    ...(account.level === 'normal' ? [] : [markWords(account)]),
    ...twinWords(account, owners.lead(account)),
    // The same source says nothing of several profiles; it is in the tooltip.
    ...(whoseWords(owners.identity(account)) ?? []),
    ...(account.sandbox === true ? [] : [clouds.provider(account.provider).name()]),
    ...(owners.identity(account) === undefined ? [account.source] : []),
    ...hiddenWords(account, context),
  ];
  return {
    ...base,
    label: visibleText(account.name),
    description: facts.map(visibleText).join(' · '),
    icon: account.sandbox === true && account.level === 'normal' ? 'beaker' : level.icon,
    tone: level.tone,
    spoken: l10n.t('Account {0}, {1}', visibleText(account.name), facts.map(visibleText).join(', ')),
    expand: accounts.list().length === 1 ? 'expanded' : 'collapsed',
    words: ['account', account.provider, account.sandbox === true ? 'sandbox' : account.level],
    abilities: [
      'refresh',
      'choose',
      'diagnose',
      'protect',
      ...(account.sandbox === true ? [] : (['nameAccount'] as const)),
      ...(canEdit(account) ? (['editAccount'] as const) : []),
    ],
  };
}

function twinWords(account: Account, lead: Account): string[] {
  return lead.id === account.id ? [] : [l10n.t('same owner as “{0}”', lead.name)];
}

/** "1234567890123456 · ops" */
function whoseWords(identity: Identity | undefined): string[] | undefined {
  return identity && [identity.accountId, ...(identity.user === undefined ? [] : [identity.user])];
}

/** "read-only", or "read-only like “prod”" where the mark is on another account. */
function markWords({ level, levelFrom }: Account): string {
  const { label } = levelWords(level);
  return levelFrom === undefined ? label : l10n.t('{0} like "{1}"', label, levelFrom.name);
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

async function accountTooltip(
  { accountId }: AccountNode,
  context: RowContext,
  signal: AbortSignal | undefined,
): Promise<Tooltip | undefined> {
  const { model, accounts, clouds, inventory } = context;
  const account = accounts.get(accountId);
  if (account === undefined) return undefined;
  const level = levelWords(account.level);
  const lines: TooltipLine[] = [
    { label: l10n.t('Cloud'), value: clouds.provider(account.provider).name() },
    { label: l10n.t('Source'), value: account.source },
    {
      label: l10n.t('Protection'),
      value: l10n.t('{0}: {1}', level.label, [level.meaning, levelReason(account) ?? ''].join(' ').trim()),
    },
    ...(account.endpoint === undefined ? [] : [{ label: l10n.t('Endpoint'), value: account.endpoint }]),
  ];
  const { readAt } = model.regionsOf(accountId);
  const notes =
    readAt === undefined ? [] : [l10n.t('Regions read at {0}', formatTime(readAt, context.language, context.timeZone))];
  try {
    const identity = await inventory.identity(accountId, signal === undefined ? {} : { signal });
    if (identity === undefined) return { title: account.name, lines, notes };
    const who = [
      { label: l10n.t('Account ID'), value: identity.accountId },
      { label: l10n.t('Caller'), value: identity.caller },
    ];
    return { title: account.name, lines: [...who, ...lines], notes };
  } catch (error) {
    if (!CloudError.is(error)) throw error;
    return {
      title: account.name,
      lines,
      notes: [
        l10n.t('Who the keys belong to could not be read: {0}', error.message),
        ...(error.advice === undefined ? [] : [error.advice]),
        ...notes,
      ],
    };
  }
}
