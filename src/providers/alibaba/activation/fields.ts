import * as l10n from '@vscode/l10n';
import type { Field } from '../../../core/kind';
import { field, tagsField } from '../../fields';
import { expiryIso } from './state';

/** What the details show of an activation. */
export const activationFields: readonly Field[] = [
  field('InstanceName', 'text', () => l10n.t('Instance name prefix'), 'identity'),
  field('ActivationId', 'text', () => l10n.t('Activation ID'), 'identity'),
  field('Description', 'text', () => l10n.t('Description'), 'identity'),
  field('Disabled', 'flag', () => l10n.t('Disabled'), 'state'),
  field('InstanceCount', 'count', () => l10n.t('Registrations allowed'), 'state'),
  field('RegisteredCount', 'count', () => l10n.t('Hosts registered'), 'state'),
  field('DeregisteredCount', 'count', () => l10n.t('Hosts deregistered'), 'state'),
  field('CreationTime', 'time', () => l10n.t('Created'), 'times'),
  field('TimeToLiveInHours', 'count', () => l10n.t('Valid for (hours)'), 'times'),
  {
    name: 'ExpiryTime',
    type: 'time',
    section: 'times',
    label: () => l10n.t('Valid until'),
    value: (item) => expiryIso(item),
  },
  field('IpAddressRange', 'text', () => l10n.t('Allowed addresses'), 'network'),
  field('ResourceGroupId', 'text', () => l10n.t('Resource group'), 'identity'),
  tagsField(() => l10n.t('Tags')),
];
