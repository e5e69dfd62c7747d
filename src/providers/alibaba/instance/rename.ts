import * as l10n from '@vscode/l10n';
import { renaming } from '../../renaming';
import { answeredFor } from '../api/answeredFor';
import { nameProblem } from '../api/names';
import { modifyInstanceAttribute } from './attributeOperations';
import { attributeFindings, sameInstance } from './attributes';
import { recordOf } from './record';

/** Giving an ECS instance another name. */
export const renameAction = renaming({
  operation: modifyInstanceAttribute,
  nameOf: (item) => recordOf(item).InstanceName,
  problem: nameProblem,
  review: { findings: attributeFindings, sameAs: (item) => sameInstance(item) },
  // The answer has nothing but its request id.
  outcomes: answeredFor(),
  words: {
    title: () => l10n.t('Rename the instance'),
    question: (_, name) => l10n.t('Rename the ECS instance "{0}"?', name),
    task: (to) => l10n.t('Rename an ECS instance to "{0}"', to),
    consequence: () =>
      l10n.t('Only the name in the cloud changes; the host name stays. What finds it by its old name no longer does.'),
  },
});
