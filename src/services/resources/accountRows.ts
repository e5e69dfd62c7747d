import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/account';
import { formatCount } from '../../util/format';
import { visibleText } from '../../util/visible';
import { levelWords } from '../accounts/levelText';
import { nodeId, type AccountNode } from './nodes';
import type { Row, RowContext } from './rows';

/** Draws the row of an account. */
export function accountRow(node: AccountNode, context: RowContext): Row {
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
