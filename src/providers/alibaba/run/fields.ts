import * as l10n from '@vscode/l10n';
import type { Field } from '../../../core/kind';
import { field, tagsField } from '../../fields';
import { scriptLines } from '../../runs/kind';
import { invocationOf } from '../commands/support';

/** What the details show of a run. */
export const runFields: readonly Field[] = [
  field('CommandName', 'text', () => l10n.t('Name'), 'identity'),
  field('InvokeId', 'text', () => l10n.t('Run ID'), 'identity'),
  field('CommandId', 'text', () => l10n.t('Command ID'), 'identity'),
  field('CommandDescription', 'text', () => l10n.t('Description'), 'identity'),
  field('InvocationStatus', 'text', () => l10n.t('State'), 'state'),
  {
    name: 'InvokeInstances',
    type: 'list',
    section: 'state',
    label: () => l10n.t('Instances'),
    value: (item) => invocationOf(item).InvokeInstances.map(hostText),
  },
  field('RepeatMode', 'text', () => l10n.t('Repeat mode'), 'state'),
  field('Frequency', 'text', () => l10n.t('Schedule'), 'state'),
  field('CreationTime', 'time', () => l10n.t('Created'), 'times'),
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
  field('Launcher', 'text', () => l10n.t('Launcher'), 'script'),
  field('TerminationMode', 'text', () => l10n.t('What a stop ends'), 'script'),
  field('Parameters', 'text', () => l10n.t('Parameters'), 'script'),
  tagsField(() => l10n.t('Tags')),
];

type Host = ReturnType<typeof invocationOf>['InvokeInstances'][number];

/** "i-1: Failed (1), ExitCodeNonzero" */
function hostText({ InstanceId, InvocationStatus, ExitCode, ErrorCode }: Host): string {
  const exit = InvocationStatus === 'Failed' && ExitCode !== undefined ? ` (${ExitCode})` : '';
  return `${InstanceId}: ${InvocationStatus ?? '–'}${exit}${ErrorCode ? `, ${ErrorCode}` : ''}`;
}
