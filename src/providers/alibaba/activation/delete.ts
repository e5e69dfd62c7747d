import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import type { Item } from '../../../core/item';
import { unknownFindings, unreadableParts, type Decisive } from '../../unknown';
import { answeredFor } from '../api/answeredFor';
import { disableAction, stillUsableFinding } from './disable';
import { activationFields } from './fields';
import { deleteActivation } from './operations';
import { activationRecipe } from './recipe';
import { recordOf, tokenOf } from './state';

/** Deleting an activation that no host is registered with. */
export const deleteAction: Action = {
  id: 'deleteActivation',
  operation: deleteActivation,
  menu: 'remove',
  ids: { param: 'ActivationId', perCall: 1 },
  inputs: [],
  params: ([id]) => ({ ActivationId: id }),
  review: {
    findings,
    sameAs,
    leftBehind: () => [
      l10n.t(
        'The activation code can never be read again. A new activation gets a new code; scripts and images that hold this one stop working.',
      ),
      l10n.t('Hosts registered with it earlier are not touched: they stay registered or deregistered as they are.'),
    ],
  },
  goal: { type: 'gone', codes: ['ActivationId.NotFound'], settlesLater: false, recipe: activationRecipe },
  outcomes: answeredFor('Activation', 'ActivationId'),
  words: {
    button: () => l10n.t('Delete'),
    command: () => l10n.t('Delete Activation'),
    title: () => l10n.t('Delete activations'),
    question: (count, name) =>
      count === 1 ? l10n.t('Delete the activation "{0}"?', name) : l10n.t('Delete {0} activations?', count),
    task: (count) => (count === 1 ? l10n.t('Delete 1 activation') : l10n.t('Delete {0} activations', count)),
    consequence: (count) =>
      count === 1
        ? l10n.t('No host can register with it any more. It cannot be undone.')
        : l10n.t('No host can register with them any more. It cannot be undone.'),
    doing: () => l10n.t('Deleting'),
    done: () => l10n.t('Deleted'),
    outcome: { done: () => l10n.t('deleted'), already: () => l10n.t('already gone') },
  },
};

const reviewed = ['CreationTime', 'InstanceName', 'Disabled', 'RegisteredCount', 'DeregisteredCount'];

/** `RegisteredCount` has words of its own where it is not known. */
const decisive: Decisive = {
  said: ['Disabled'],
  readable: ['DeregisteredCount', 'InstanceCount', 'TimeToLiveInHours', 'CreationTime'],
};

function sameAs(item: Item): Readonly<Record<string, string | undefined>> {
  const { CreationTime, InstanceName, Disabled, RegisteredCount, DeregisteredCount } = recordOf(item);
  return {
    CreationTime,
    InstanceName,
    Disabled: asText(Disabled),
    RegisteredCount: asText(RegisteredCount),
    DeregisteredCount: asText(DeregisteredCount),
    ...unreadableParts(item, reviewed),
  };
}

function asText(value: number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function findings(item: Item, now: Date): readonly Finding[] {
  const { RegisteredCount, DeregisteredCount } = recordOf(item);
  const found: Finding[] = [];
  const add = (level: Finding['level'], code: string, message: string): unknown =>
    found.push({ level, code, text: message });
  if (RegisteredCount === undefined) {
    add(
      'warning',
      'usageUnknown',
      l10n.t('The cloud does not say whether hosts are registered with it; if there are any, it will refuse.'),
    );
  } else if (RegisteredCount > 0) {
    found.push(inUse(RegisteredCount, recordOf(item).Disabled === true));
  } else if (DeregisteredCount !== undefined && DeregisteredCount > 0) {
    // The current page asks for "no registered instance", an older edition for "never used".
    add(
      'warning',
      'usedBefore',
      l10n.t('It was used before and its hosts were deregistered since. The cloud may still refuse.'),
    );
  }
  if (tokenOf(item, now) === 'usable') found.push(stillUsableFinding());
  return [...found, ...unknownFindings(item, activationFields, decisive)];
}

/** Disabling does not let it be deleted, but gives what is mostly wanted of it: no further host can use it. */
function inUse(registered: number, isDisabled: boolean): Finding {
  const base = { level: 'refused', code: 'inUse' } as const;
  if (isDisabled) return { ...base, text: inUseText(registered) };
  const text = l10n.t('{0} Or disable it instead: then no further host can use it.', inUseText(registered));
  return { ...base, text, remedy: disableAction.id };
}

function inUseText(registered: number): string {
  return registered === 1
    ? l10n.t('1 host is registered with it. Deregister the host first.')
    : l10n.t('{0} hosts are registered with it. Deregister them first.', registered);
}
