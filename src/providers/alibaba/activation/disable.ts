import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import type { Item } from '../../../core/item';
import { unknownFindings, unreadableParts } from '../../unknown';
import { answeredFor } from '../api/answeredFor';
import { activationFields } from './fields';
import { disableActivation } from './operations';
import { recordOf, tokenOf } from './state';

/** Ending an activation while its hosts stay. */
export const disableAction: Action = {
  id: 'disableActivation',
  operation: disableActivation,
  menu: 'settings',
  ids: { param: 'ActivationId', perCall: 1 },
  inputs: [],
  params: ([id]) => ({ ActivationId: id }),
  offered: (item) => recordOf(item).Disabled !== true,
  review: {
    findings,
    sameAs,
    leftBehind: () => [
      l10n.t('Hosts registered with it are not touched: they stay registered and keep working.'),
      l10n.t('It stays in the list until it is deleted.'),
    ],
  },
  goal: {
    type: 'state',
    reached: (item) => recordOf(item).Disabled === true,
    codes: [],
    settlesLater: false,
  },
  outcomes: answeredFor('Activation', 'ActivationId'),
  words: {
    button: () => l10n.t('Disable'),
    command: () => l10n.t('Disable Activation'),
    title: () => l10n.t('Disable activations'),
    question: (count, name) =>
      count === 1 ? l10n.t('Disable the activation "{0}"?', name) : l10n.t('Disable {0} activations?', count),
    task: (count) => (count === 1 ? l10n.t('Disable 1 activation') : l10n.t('Disable {0} activations', count)),
    consequence: (count) =>
      count === 1
        ? l10n.t(
            'No host can register with it any more. It cannot be enabled again: hosts then need another activation.',
          )
        : l10n.t(
            'No host can register with them any more. They cannot be enabled again: hosts then need another activation.',
          ),
    doing: () => l10n.t('Disabling'),
    done: () => l10n.t('Disabled'),
    outcome: { done: () => l10n.t('disabled'), already: () => l10n.t('already disabled') },
  },
};

function findings(item: Item, now: Date): Finding[] {
  return [
    ...(tokenOf(item, now) === 'usable' ? [stillUsableFinding()] : []),
    ...unknownFindings(item, activationFields, { said: ['Disabled'], readable: [] }),
  ];
}

export function stillUsableFinding(): Finding {
  const text = l10n.t('It is still valid: an installation that is under way may be about to use it.');
  return { level: 'warning', code: 'stillUsable', text };
}

/** Anything here that differs from what was reviewed means another activation. */
function sameAs(item: Item): Readonly<Record<string, string | undefined>> {
  const { CreationTime, InstanceName, Disabled } = recordOf(item);
  return {
    CreationTime,
    InstanceName,
    Disabled: Disabled?.toString(),
    ...unreadableParts(item, ['CreationTime', 'InstanceName', 'Disabled']),
  };
}
