import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import { SingleFlight } from '../../util/async';
import { systemClock, type Clock } from '../../util/clock';

/** VS Code's `SecretStorage`, as far as it is used. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** How long the secret storage may stay silent, in milliseconds: a keyring that waits to be unlocked answers nothing. */
const longestMs = 10_000;

/**
 * The secret storage with an end to waiting. Rejects with `CloudError` (`auth`, `notSent`) in our own words: what the
 * keyring behind it says is of no use to people.
 */
export class SecretBox {
  private readonly reads = new SingleFlight<string | undefined>();

  constructor(
    private readonly store: SecretStore,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Whoever asks while the storage is still silent joins the one question. */
  get(key: string): Promise<string | undefined> {
    return this.inTime(this.reads.run(key, async () => this.store.get(key)));
  }

  set(key: string, value: string): Promise<void> {
    return this.inTime((async () => this.store.store(key, value))());
  }

  delete(key: string): Promise<void> {
    return this.inTime((async () => this.store.delete(key))());
  }

  private async inTime<T>(answer: Promise<T>): Promise<T> {
    const settled = new AbortController();
    const tooLate = this.clock.sleep(longestMs, settled.signal).then(() => Promise.reject(silent()));
    // Nobody hears of it when the answer was first.
    tooLate.catch(() => undefined);
    try {
      return await Promise.race([answer.catch(() => Promise.reject(broken())), tooLate]);
    } finally {
      settled.abort();
    }
  }
}

function silent(): CloudError {
  return unusable(l10n.t('The secret storage of this machine does not answer.'));
}

function broken(): CloudError {
  return unusable(l10n.t('The secret storage of this machine cannot be used.'));
}

function unusable(message: string): CloudError {
  return new CloudError(message, {
    reason: 'auth',
    delivery: 'notSent',
    advice: l10n.t('Unlock the keyring of the system, then try again.'),
  });
}
