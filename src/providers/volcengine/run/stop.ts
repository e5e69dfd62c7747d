import * as l10n from '@vscode/l10n';
import { stopRunAction } from '../../runs/stop';
import { cloudRun, commandSupport, invocationOf } from '../commands/support';

/** Stopping a run on all of its instances: single ones cannot be named. */
export const stopAction = stopRunAction({
  support: commandSupport,
  runOf: (item) => cloudRun(invocationOf(item)),
  param: 'InvocationId',
  endedCodes: ['InvalidInvocationRunningInstance.NotFound'],
  ends: () => l10n.t('The cloud tells an instance that was stopped as failed.'),
});
