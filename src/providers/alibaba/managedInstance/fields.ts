import * as l10n from '@vscode/l10n';
import type { Field } from '../../../core/kind';
import { field, tagsField } from '../../fields';

/** What the details show of a managed instance. */
export const hostFields: readonly Field[] = [
  field('InstanceName', 'text', () => l10n.t('Name'), 'identity'),
  field('InstanceId', 'text', () => l10n.t('Instance ID'), 'identity'),
  field('Connected', 'flag', () => l10n.t('Connected'), 'state'),
  field('Hostname', 'text', () => l10n.t('Host name'), 'identity'),
  field('IntranetIp', 'text', () => l10n.t('Private IP'), 'network'),
  field('InternetIp', 'text', () => l10n.t('Public IP'), 'network'),
  field('OsType', 'text', () => l10n.t('Operating system type'), 'identity'),
  field('OsVersion', 'text', () => l10n.t('Operating system version'), 'identity'),
  field('AgentVersion', 'text', () => l10n.t('Cloud Assistant Agent version'), 'identity'),
  field('RegistrationTime', 'time', () => l10n.t('Registered at'), 'times'),
  field('LastInvokedTime', 'time', () => l10n.t('Last task at'), 'times'),
  field('InvocationCount', 'count', () => l10n.t('Tasks run'), 'state'),
  field('ActivationId', 'text', () => l10n.t('Activation ID'), 'identity'),
  field('MachineId', 'text', () => l10n.t('Machine ID'), 'identity'),
  field('ResourceGroupId', 'text', () => l10n.t('Resource group'), 'identity'),
  tagsField(() => l10n.t('Tags')),
];
