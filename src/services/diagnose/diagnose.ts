import * as l10n from '@vscode/l10n';
import type { Account, Credentials } from '../../core/account';
import { maskKeyId, redact } from '../../core/redact';
import type { Clouds } from '../accounts/ports';
import type { Finding } from './finding';
import { asFailure, checkAddress, failed, type NetworkChecksOptions } from './networkChecks';
import { checkPermissions, type PermissionChecksOptions } from './permissionChecks';

export interface DiagnoseOptions extends NetworkChecksOptions, PermissionChecksOptions {
  readonly clouds: Clouds;
  readonly language: string;
}

/** Everything that was found out about an account's connection, without a secret. */
export interface Diagnosis {
  readonly account: Account;
  readonly time: Date;
  /** The region that was asked; undefined when none is known. */
  readonly region: string | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Looks at name, proxy, certificate, clock, keys and permissions, in this order and as far as each needs the one
 * before. Only reads, and rehearsals on an instance that does not exist. Never rejects.
 */
export async function diagnose(account: Account, options: DiagnoseOptions, signal: AbortSignal): Promise<Diagnosis> {
  const time = options.clock.now();
  const { findings: network, isReached } = await checkNetwork(account, options, signal);
  const { keys, findings: about } = await checkKeys(account, signal);
  const { region, findings: asked } =
    keys === undefined || !isReached ? { region: undefined, findings: [] } : await checkCalls(account, options, signal);
  const findings = [...network, ...about, ...asked].map((finding) => withoutSecrets(finding, keys));
  return { account, time, region, findings };
}

/** The hosts that calls of this account go to, each once. Where none is reached no call needs to be tried. */
async function checkNetwork(
  account: Account,
  options: DiagnoseOptions,
  signal: AbortSignal,
): Promise<{ readonly findings: Finding[]; readonly isReached: boolean }> {
  const { regions, identity, endpoint } = options.clouds.provider(account.provider);
  const operations = [regions, ...(identity === undefined ? [] : [identity])];
  const addresses = operations.map(
    ({ operation, region }) =>
      account.endpoint ?? account.hosts?.[operation.product.code] ?? endpoint(operation, region, account.vpc),
  );
  const each = await Promise.all([...new Set(addresses)].map((address) => checkAddress(address, options, signal)));
  const isReached = each.some((findings) => !findings.some(({ area, state }) => area === 'network' && state === 'bad'));
  return { findings: each.flat(), isReached };
}

async function checkKeys(
  account: Account,
  signal: AbortSignal,
): Promise<{ readonly keys: Credentials | undefined; readonly findings: Finding[] }> {
  try {
    const keys = await account.credentials({ signal });
    const id = maskKeyId(keys.accessKeyId);
    const text =
      keys.securityToken === undefined ? l10n.t('Keys {0}, no expiry.', id) : l10n.t('Temporary keys {0}.', id);
    return { keys, findings: [{ area: 'credentials', about: account.source, state: 'good', text }] };
  } catch (error) {
    return { keys: undefined, findings: [failed('credentials', account.source, asFailure(error))] };
  }
}

async function checkCalls(
  account: Account,
  options: DiagnoseOptions,
  signal: AbortSignal,
): Promise<{ readonly region: string | undefined; readonly findings: Finding[] }> {
  const provider = options.clouds.provider(account.provider);
  const identity = await checkIdentity(account, options, signal);
  const { operation, region: from, params, pager, rows } = provider.regions;
  const about = operation.permission;
  try {
    const { value } = await options.client.read({
      provider,
      account,
      region: from,
      operation,
      params: { ...params(options.language), ...pager.first },
      signal,
    });
    const ids = rows(value, options.language).map(({ id }) => id);
    const region = ids[0];
    const answered: Finding = {
      area: 'permissions',
      about,
      state: 'good',
      text: l10n.t('Granted: {0} was answered.', operation.action),
    };
    if (region === undefined) return { region, findings: [...identity, answered] };
    return {
      region,
      findings: [...identity, answered, ...(await checkPermissions({ account, provider, region }, options, signal))],
    };
  } catch (error) {
    const failure = asFailure(error);
    const refused = [...identity, failed('permissions', about, failure)];
    const { region } = account;
    // Where regions may not be listed the account's own can still be looked at.
    if (region === undefined || failure.delivery !== 'answered' || failure.reason === 'auth')
      return { region: undefined, findings: refused };
    const permissions = await checkPermissions({ account, provider, region }, options, signal);
    return { region, findings: [...refused, ...permissions] };
  }
}

async function checkIdentity(account: Account, options: DiagnoseOptions, signal: AbortSignal): Promise<Finding[]> {
  const provider = options.clouds.provider(account.provider);
  const about = l10n.t('Credential owner');
  if (provider.identity === undefined) {
    return [{ area: 'credentials', about, state: 'open', text: l10n.t('This cloud does not report it.') }];
  }
  const { operation, region, read } = provider.identity;
  try {
    const { accountId, caller } = read(
      (await options.client.read({ provider, account, region, operation, params: {}, signal })).value,
    );
    return [{ area: 'credentials', about, state: 'good', text: l10n.t('Account {0}, {1}.', accountId, caller) }];
  } catch (error) {
    return [failed('credentials', about, asFailure(error))];
  }
}

/** Clouds quote what they were sent; whatever they say passes here. */
function withoutSecrets(finding: Finding, keys: Credentials | undefined): Finding {
  const secrets = [keys?.accessKeySecret, keys?.securityToken, keys?.accessKeyId];
  const clean = (text: string): string => redact(text, secrets);
  const { about, text, advice } = finding;
  return {
    ...finding,
    about: clean(about),
    text: clean(text),
    advice: advice === undefined ? undefined : clean(advice),
  };
}
