import * as l10n from '@vscode/l10n';
import type { Finding } from '../../../core/action';
import type { Item } from '../../../core/item';
import { systemOf } from '../../runAnswers';
import { runCommandOn, type RunHosts } from '../../runCommand';
import { withSchedules } from '../../scheduleCommand';
import { schedules } from '../commands/schedule';
import { commandSupport } from '../commands/support';
import { connectionOf, recordOf } from './state';

const hosts: RunHosts = {
  support: commandSupport,
  systemOf: (item) => systemOf(recordOf(item).OsType),
  counted: (count) => (count === 1 ? l10n.t('1 managed instance') : l10n.t('{0} managed instances', count)),
  offered: (item) => connectionOf(item) !== 'disconnected',
  findings,
  sameAs: (item) => {
    const { InstanceName, MachineId, RegistrationTime } = recordOf(item);
    return { InstanceName, MachineId, RegistrationTime };
  },
};

/** Running scripts on hosts outside ECS. */
export const runAction = withSchedules(runCommandOn(hosts), hosts, schedules);

function findings(item: Item): Finding[] {
  switch (connectionOf(item)) {
    case 'connected':
      return [];
    case 'disconnected':
      return [{ level: 'refused', code: 'offline', text: l10n.t('It is disconnected: nothing reaches it.') }];
    case 'unknown': {
      const text = l10n.t('The cloud does not say whether this host is connected.');
      return [{ level: 'warning', code: 'stateUnknown', text }];
    }
  }
}
