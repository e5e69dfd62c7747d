import * as l10n from '@vscode/l10n';
import type { Field } from '../../../core/kind';
import { field, tagsField } from '../../fields';
import { scriptLines } from '../../runs/kind';
import { invocationOf } from '../commands/support';

/** What the details show of a run. */
export const runFields: readonly Field[] = [
  field('InvocationName', 'text', () => l10n.t('Name'), 'identity'),
  field('InvocationId', 'text', () => l10n.t('Run ID'), 'identity'),
  field('InvocationDescription', 'text', () => l10n.t('Description'), 'identity'),
  field('CommandName', 'text', () => l10n.t('Command'), 'identity'),
  field('CommandId', 'text', () => l10n.t('Command ID'), 'identity'),
  field('ProjectName', 'text', () => l10n.t('Project'), 'identity'),
  field('InvocationStatus', 'text', () => l10n.t('State'), 'state'),
  field('InstanceNumber', 'count', () => l10n.t('Instances'), 'state'),
  field('RepeatMode', 'text', () => l10n.t('Repeat mode'), 'state'),
  field('Frequency', 'text', () => l10n.t('Schedule'), 'state'),
  field('LaunchTime', 'time', () => l10n.t('First run'), 'times'),
  field('RecurrenceEndTime', 'time', () => l10n.t('Repeats until'), 'times'),
  field('StartTime', 'time', () => l10n.t('Started'), 'times'),
  field('EndTime', 'time', () => l10n.t('Ended'), 'times'),
  field('Timeout', 'count', () => l10n.t('Time limit (seconds)'), 'times'),
  field('CommandType', 'text', () => l10n.t('Script type'), 'script'),
  {
    name: 'CommandContent',
    type: 'list',
    section: 'script',
    label: () => l10n.t('Script'),
    value: (item) => scriptLines(invocationOf(item).CommandContent),
  },
  field('Username', 'text', () => l10n.t('User'), 'script'),
  field('WorkingDir', 'text', () => l10n.t('Working directory'), 'script'),
  field('Parameters', 'text', () => l10n.t('Parameters'), 'script'),
  tagsField(() => l10n.t('Tags')),
];
