import * as l10n from '@vscode/l10n';
import { renaming } from '../../renaming';
import { unreadableParts } from '../../unknown';
import { instanceName, modifyInstanceAttribute } from './attributeOperations';
import { deletingFindings } from './protection';
import { filled, recordOf, type EcsRecord } from './record';

/** Giving an instance another name. */
export const renameAction = renaming({
  operation: modifyInstanceAttribute,
  nameOf: (item) => filled(recordOf(item).InstanceName),
  problem,
  review: {
    findings: (item) => deletingFindings(recordOf(item)),
    sameAs: (item) => sameAs(recordOf(item)),
  },
  words: {
    title: () => l10n.t('Rename the instance'),
    question: (_, name) => l10n.t('Rename the ECS instance "{0}"?', name),
    task: (to) => l10n.t('Rename an ECS instance to "{0}"', to),
    consequence: () =>
      l10n.t('Only the name in the cloud changes; the host name stays. What finds it by its old name no longer does.'),
  },
});

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
