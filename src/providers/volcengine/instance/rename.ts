import * as l10n from '@vscode/l10n';
import type { Action } from '../../../core/action';
import type { TextInput } from '../../../core/input';
import { unreadableParts } from '../../unknown';
import { instanceName, modifyInstanceAttribute } from './attributeOperations';
import { idsOf } from './power';
import { deletingFindings } from './protection';
import { filled, recordOf, type EcsRecord } from './record';

/** Giving an instance another name. */
export const renameAction: Action = {
  id: 'rename',
  operation: modifyInstanceAttribute,
  danger: () => 'none',
  menu: 'settings',
  ids: { param: 'InstanceId', perCall: 1, onlyOne: true },
  inputs: [nameInput()],
  params: ([id], answers) => ({ InstanceId: id, InstanceName: answers['InstanceName'] }),
  review: {
    findings: (item) => deletingFindings(recordOf(item)),
    sameAs: (item) => sameAs(recordOf(item)),
  },
  goal: {
    type: 'state',
    reached: (item, { answers: { InstanceName } }) =>
      InstanceName !== undefined && recordOf(item).InstanceName === InstanceName,
    codes: [],
    settlesLater: false,
    undo: (before) => {
      const InstanceName = filled(recordOf(before).InstanceName);
      // The cloud takes a name back only by its own rule, and older names may be of another.
      return InstanceName === undefined || problem(InstanceName) !== undefined ? undefined : { InstanceName };
    },
  },
  words: {
    button: () => l10n.t('Rename'),
    command: () => l10n.t('Rename'),
    title: () => l10n.t('Rename the instance'),
    question: (_, name) => l10n.t('Rename the ECS instance "{0}"?', name),
    task: (_, { InstanceName = '' }) => l10n.t('Rename an ECS instance to "{0}"', InstanceName),
    answer: (_, { InstanceName = '' }) => l10n.t('new name: {0}', InstanceName),
    consequence: () =>
      l10n.t('Only the name in the cloud changes; the host name stays. What finds it by its old name no longer does.'),
    doing: () => l10n.t('Renaming'),
    done: () => l10n.t('Renamed'),
    outcome: { done: () => l10n.t('renamed'), already: () => l10n.t('already named so') },
  },
};

function nameInput(): TextInput {
  return {
    type: 'text',
    name: 'InstanceName',
    about: idsOf,
    question: () => l10n.t('The new name'),
    initial: ([subject]) => (subject === undefined ? '' : (recordOf(subject.item).InstanceName ?? '')),
    problem,
  };
}

function problem(value: string): string | undefined {
  if (value === '') return l10n.t('A name is needed.');
  if (value.length > 128) return l10n.t('A name has at most 128 characters.');
  if (!/^[A-Za-z\p{Script=Han}]/u.test(value)) return l10n.t('It begins with a letter or a Chinese character.');
  return instanceName.test(value)
    ? undefined
    : l10n.t('Only letters, Chinese characters, digits and _ - . are allowed.');
}

function sameAs(record: EcsRecord): Readonly<Record<string, string | undefined>> {
  const { InstanceName, CreatedAt, Uuid } = record;
  return { InstanceName, CreatedAt, Uuid, ...unreadableParts(record, ['InstanceName', 'CreatedAt', 'Uuid']) };
}
