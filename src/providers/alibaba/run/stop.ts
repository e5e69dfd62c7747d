import * as l10n from '@vscode/l10n';
import { stopRunAction } from '../../runs/stop';
import { cloudRun, commandSupport, invocationOf } from '../commands/support';

/** Stopping a run on all of its hosts. */
export const stopAction = stopRunAction({
  support: commandSupport,
  runOf: (item) => cloudRun(invocationOf(item)),
  param: 'InvokeId',
  // No page says what stopping an ended run is answered with; it is read again.
  endedCodes: [],
  ends: (item) => {
    switch (invocationOf(item).TerminationMode) {
      case 'ProcessTree':
        return l10n.t('Where it is running, a stop ends the script with everything that it started (ProcessTree).');
      case 'Process':
        return l10n.t(
          'Where it is running, a stop ends the script alone: what it started may go on (TerminationMode=Process).',
        );
      default:
        return undefined;
    }
  },
});
