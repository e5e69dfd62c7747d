import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';

/** Others may wait for the same: one who turns away does not stop them. Rejects with `cancelled` when the signal aborts. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const leave = (): void =>
      reject(new CloudError(l10n.t('Cancelled.'), { reason: 'cancelled', delivery: 'notSent' }));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
