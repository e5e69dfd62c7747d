import * as l10n from '@vscode/l10n';
import type { Item } from '../../../core/item';
import type { Field } from '../../../core/kind';
import { field, present, tagsField } from '../../fields';
import { scriptField } from '../../savedCommand';
import { recordOf, scriptOf } from './record';

/** What the details show of a saved command. */
export const commandFields: readonly Field[] = [
  field('Name', 'text', () => l10n.t('Name'), 'identity'),
  field('CommandId', 'text', () => l10n.t('Command ID'), 'identity'),
  field('Description', 'text', () => l10n.t('Description'), 'identity'),
  field('Type', 'text', () => l10n.t('Type'), 'state'),
  {
    name: 'ParameterDefinitions',
    type: 'list',
    section: 'state',
    label: () => l10n.t('Parameters'),
    value: parameterNames,
  },
  field('Timeout', 'count', () => l10n.t('Time limit (seconds)'), 'state'),
  field('WorkingDir', 'text', () => l10n.t('Working directory'), 'state'),
  field('Username', 'text', () => l10n.t('User'), 'state'),
  field('InvocationTimes', 'count', () => l10n.t('Times run'), 'state'),
  field('Provider', 'text', () => l10n.t('Provider'), 'identity'),
  field('ProjectName', 'text', () => l10n.t('Project'), 'identity'),
  field('CreatedAt', 'time', () => l10n.t('Created'), 'times'),
  field('UpdatedAt', 'time', () => l10n.t('Last changed'), 'times'),
  tagsField(() => l10n.t('Tags')),
  scriptField(scriptOf),
];

function parameterNames(item: Item): string[] {
  return recordOf(item).ParameterDefinitions.flatMap(({ Name }) => present(Name));
}
