import * as l10n from '@vscode/l10n';
import type { Item } from '../../../core/item';
import { renaming } from '../../renaming';
import { unreadableParts } from '../../unknown';
import { answeredFor } from '../api/answeredFor';
import { nameProblem } from '../api/names';
import { modifyManagedInstance } from './operations';
import { recordOf } from './state';

/** Giving a host another name in Cloud Assistant. */
export const renameAction = renaming({
  operation: modifyManagedInstance,
  nameOf: (item) => recordOf(item).InstanceName,
  problem: nameProblem,
  review: { findings: () => [], sameAs },
  outcomes: answeredFor('Instance', 'InstanceId'),
  words: {
    title: () => l10n.t('Rename the managed instance'),
    question: (_, name) => l10n.t('Rename the managed instance "{0}"?', name),
    task: (to) => l10n.t('Rename a managed instance to "{0}"', to),
    consequence: () =>
      l10n.t(
        'Only the name in Cloud Assistant changes; the host name stays. What finds it by its old name no longer does.',
      ),
  },
});

/** Anything here that differs from what was reviewed means another host. */
function sameAs(item: Item): Readonly<Record<string, string | undefined>> {
  const { InstanceName, MachineId, RegistrationTime } = recordOf(item);
  return {
    InstanceName,
    MachineId,
    RegistrationTime,
    ...unreadableParts(item, ['InstanceName', 'MachineId', 'RegistrationTime']),
  };
}
