import type { Inspector, Transport } from '../client/transport';
import type { Account } from '../core/account';
import type { Identity } from '../core/provider';
import { resolveHost } from '../platform/resolveHost';
import { checkAccount } from '../services/accounts/checkAccount';
import { diagnose, type Diagnosis } from '../services/diagnose/diagnose';
import type { KnownAccounts } from './accounts';
import type { Core } from './core';
import type { GateParts } from './gate';
import { timeoutMs } from './machine';

/** What is found out about an account when somebody asks. */
export interface Checks {
  /** Whose keys it has; rejects where they are not accepted. */
  readonly checkAccount: (account: Account, signal: AbortSignal) => Promise<Identity | undefined>;
  readonly diagnose: (account: Account, signal: AbortSignal) => Promise<Diagnosis>;
}

export function composeChecks(
  core: Core<KnownAccounts>,
  transport: Transport & Inspector,
  policy: GateParts['policy'],
): Checks {
  const { client, rehearse: ask } = core.calls;
  const options = { ...core, client, transport, resolveHost, timeoutMs, policy };
  return {
    checkAccount: (account, signal) => checkAccount(account, options, signal),
    diagnose: (account, signal) =>
      diagnose(
        account,
        {
          ...options,
          rehearse: (who, region, dryRun, ids, until) => ask({ account: who, region, dryRun, ids, signal: until }),
        },
        signal,
      ),
  };
}
