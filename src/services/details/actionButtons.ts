import * as l10n from '@vscode/l10n';
import type { Action } from '../../core/action';
import type { DetailsButton } from '../../core/panelProtocol';
import { readOnlyText } from '../accounts/levelText';
import type { DetailsFacts } from './detailsFacts';

/** A button for everything that can be done to the resource, what removes it last. */
export function actionButtons(facts: DetailsFacts): DetailsButton[] {
  const whyNone = whyNothing(facts);
  const button = (action: Action): DetailsButton => ({
    request: 'act',
    action: action.id,
    label: `${labelOf(action)}…`,
    disabled: whyNone ?? whyNot(action, facts),
  });
  const { actions } = facts.kind;
  return [
    ...actions.filter(({ menu }) => menu !== 'remove').map(button),
    ...actions
      .filter(({ menu }) => menu === 'remove')
      .map((action): DetailsButton => ({ ...button(action), icon: 'trash', isDestructive: true })),
  ];
}

/** What removes it is named by its verb; what is to be changed of it must be said. */
function labelOf({ menu, words }: Action): string {
  return menu === 'remove' ? words.button() : words.command();
}

/** Why nothing can be done to the resource from here now; undefined when something can. */
function whyNothing({ account, gone, busy }: DetailsFacts): string | undefined {
  if (account === undefined) return l10n.t('The account of this resource no longer exists.');
  if (account.level === 'readOnly') return readOnlyText(account);
  if (gone) return l10n.t('It no longer exists.');
  return busy === undefined ? undefined : l10n.t('A run is working on it.');
}

/** Why this is not offered for the resource as it is; undefined when it is. */
function whyNot(action: Action, { item, now, kind }: DetailsFacts): string | undefined {
  if (item === undefined || action.offered?.(item, now) !== false) return undefined;
  const { goal, review, words } = action;
  const asked = { answers: {}, before: undefined, seenUnderWay: false };
  if (goal.type === 'state' && goal.reached(item, asked)) return l10n.t('Not needed: {0}.', words.outcome.already());
  const refused = review.findings(item, now, {}).find(({ level }) => level === 'refused');
  return refused?.text ?? l10n.t('Not offered while its state is "{0}".', kind.state(item, now).label());
}
