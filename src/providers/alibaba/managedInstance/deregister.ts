import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import type { Item } from '../../../core/item';
import { timeOf } from '../../fields';
import { localTime } from '../../localTime';
import { unknownFindings, unreadableParts, type Decisive } from '../../unknown';
import { hostRecipe } from '../activation/recipe';
import { answeredFor } from '../api/answeredFor';
import { hostFields } from './fields';
import { deregisterManagedInstance } from './operations';
import { connectionOf, recordOf } from './state';

/** Deregistering a host: Cloud Assistant lets go of it, the host itself is not touched. */
export const deregisterAction: Action = {
  id: 'deregisterManagedInstance',
  operation: deregisterManagedInstance,
  menu: 'remove',
  ids: { param: 'InstanceId', perCall: 1 },
  inputs: [],
  params: ([id]) => ({ InstanceId: id }),
  review: { findings, sameAs, leftBehind },
  goal: { type: 'gone', codes: ['InvalidInstance.NotFound'], settlesLater: false, recipe: hostRecipe },
  outcomes: answeredFor('Instance', 'InstanceId'),
  words: {
    button: () => l10n.t('Deregister'),
    command: () => l10n.t('Deregister Managed Instance'),
    title: () => l10n.t('Deregister managed instances'),
    question: (count, name) =>
      count === 1
        ? l10n.t('Deregister the managed instance "{0}"?', name)
        : l10n.t('Deregister {0} managed instances?', count),
    task: (count) =>
      count === 1 ? l10n.t('Deregister 1 managed instance') : l10n.t('Deregister {0} managed instances', count),
    consequence: (count) =>
      count === 1
        ? l10n.t(
            'Cloud Assistant can then no longer send commands or files to this host. It cannot be undone from here.',
          )
        : l10n.t(
            'Cloud Assistant can then no longer send commands or files to these hosts. It cannot be undone from here.',
          ),
    doing: () => l10n.t('Deregistering'),
    done: () => l10n.t('Deregistered'),
    outcome: { done: () => l10n.t('deregistered'), already: () => l10n.t('already gone') },
  },
};

const reviewed = ['InstanceName', 'MachineId', 'RegistrationTime', 'ActivationId', 'Connected'];

/** `Connected` has words of its own where it is not known; times may be missing or empty. */
const decisive: Decisive = { readable: ['ActivationId', 'LastInvokedTime', 'RegistrationTime'] };

function sameAs(item: Item): Readonly<Record<string, string | undefined>> {
  const { InstanceName, MachineId, RegistrationTime, ActivationId } = recordOf(item);
  const Connected = connectionOf(item);
  return { InstanceName, MachineId, RegistrationTime, ActivationId, Connected, ...unreadableParts(item, reviewed) };
}

const hourMs = 3_600_000;

function findings(item: Item, now: Date): readonly Finding[] {
  const { LastInvokedTime, RegistrationTime } = recordOf(item);
  const found: Finding[] = [];
  const warn = (code: string, message: string): unknown => found.push({ level: 'warning', code, text: message });
  if (connectionOf(item) === 'connected') {
    warn('connected', l10n.t('It is connected: Cloud Assistant reaches this host right now.'));
  }
  if (connectionOf(item) === 'unknown') {
    warn('stateUnknown', l10n.t('The cloud does not say whether this host is connected.'));
  }
  if (isWithin(LastInvokedTime, 24 * hourMs, now)) {
    warn(
      'recentlyUsed',
      l10n.t('Cloud Assistant ran a task on it less than a day ago ({0}).', localTime(LastInvokedTime)),
    );
  }
  if (isWithin(RegistrationTime, 24 * hourMs, now)) {
    warn('recentlyRegistered', l10n.t('It was registered less than a day ago ({0}).', localTime(RegistrationTime)));
  }
  return [...found, ...unknownFindings(item, hostFields, decisive)];
}

/** Whether a known time lies less than `ms` before `now`; an unknown time never does, nor does it count as long ago. */
function isWithin(iso: string | undefined, ms: number, now: Date): boolean {
  const time = timeOf(iso);
  return time !== undefined && now.getTime() - time < ms;
}

function leftBehind(item: Item): readonly string[] {
  const { ActivationId } = recordOf(item);
  return [
    l10n.t('The Cloud Assistant Agent stays installed on the host.'),
    ActivationId
      ? l10n.t(
          'To come back, the host must be registered again: it then gets a new instance ID and uses up one more registration of its activation (it came with {0}).',
          ActivationId,
        )
      : l10n.t(
          'To come back, the host must be registered again: it then gets a new instance ID and uses up one more registration of an activation.',
        ),
  ];
}
