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
  field('ParameterNames', 'list', () => l10n.t('Parameters'), 'state'),
  {
    name: 'ParameterDefinitions',
    type: 'list',
    section: 'state',
    label: () => l10n.t('Parameter rules'),
    value: parameterRules,
  },
  field('Timeout', 'count', () => l10n.t('Time limit (seconds)'), 'state'),
  field('WorkingDir', 'text', () => l10n.t('Working directory'), 'state'),
  field('Launcher', 'text', () => l10n.t('Launcher'), 'state'),
  field('InvokeTimes', 'count', () => l10n.t('Times run'), 'state'),
  field('Provider', 'text', () => l10n.t('Provider'), 'identity'),
  field('Category', 'text', () => l10n.t('Category'), 'identity'),
  field('Version', 'count', () => l10n.t('Version'), 'identity'),
  field('ResourceGroupId', 'text', () => l10n.t('Resource group'), 'identity'),
  field('CreationTime', 'time', () => l10n.t('Created'), 'times'),
  tagsField(() => l10n.t('Tags')),
  scriptField(scriptOf),
];

/** "username, The user, [a-z]+, root" */
function parameterRules(item: Item): string[] {
  return recordOf(item).ParameterDefinitions.map(
    ({ ParameterName, Description, PatternRegex, PossibleValues, DefaultValue }) =>
      present(ParameterName, Description, PatternRegex, PossibleValues.join(' | '), DefaultValue).join(', '),
  );
}
