import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import type { Rehearsal } from '../../client/rehearser';
import type { Account } from '../../core/account';
import { removalOf } from '../../core/action';
import type { DryRun } from '../../core/action';
import type { Reason } from '../../core/cloudError';
import type { Kind } from '../../core/kind';
import type { Operation } from '../../core/operation';
import type { Provider } from '../../core/provider';
import { forbiddenBy } from '../actions/review';
import type { SafetyVerdict } from '../actions/safetyPolicy';
import type { Finding } from './finding';
import { asFailure, failed } from './networkChecks';

export interface PermissionChecksOptions {
  readonly client: CloudClient;
  /** Asks the cloud what a destructive call would do; see `Rehearser`. */
  readonly rehearse: (
    account: Account,
    region: string,
    dryRun: DryRun,
    ids: readonly string[],
    signal: AbortSignal,
  ) => Promise<Rehearsal>;
  /** What the company's policy says about an operation. */
  readonly policy: (product: string, action: string) => Promise<SafetyVerdict>;
}

export interface Subject {
  readonly account: Account;
  readonly provider: Provider;
  readonly region: string;
}

/** An id no instance has: a rehearsal with it cannot touch anything, even if it were taken for the real thing. */
const nobody = 'i-cloudassistantdiagnose';

/** Asks for one record of each kind and rehearses what can be rehearsed. Nothing is changed. */
export async function checkPermissions(
  subject: Subject,
  options: PermissionChecksOptions,
  signal: AbortSignal,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const kind of subject.provider.kinds) {
    // Whoever may list their own may list what everybody has.
    if (kind.beside === 'shared') continue;
    findings.push(await checkList(subject, kind, options, signal));
    findings.push(...(await checkDestroy(subject, kind, options, signal)));
  }
  return findings;
}

async function checkList(
  { account, provider, region }: Subject,
  kind: Kind,
  { client }: PermissionChecksOptions,
  signal: AbortSignal,
): Promise<Finding> {
  const { operation, pager } = kind.list;
  try {
    await client.read({ provider, account, region, operation, params: pager.sample, signal });
    return granted(operation);
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code !== undefined && provider.unsupportedRegionCodes.includes(failure.code)) {
      return { ...granted(operation), state: 'open', text: l10n.t('Not offered in the region {0}.', region) };
    }
    return failed('permissions', operation.permission, failure);
  }
}

async function checkDestroy(
  subject: Subject,
  kind: Kind,
  options: PermissionChecksOptions,
  signal: AbortSignal,
): Promise<Finding[]> {
  const destroy = removalOf(kind);
  if (destroy === undefined) return [];
  const { dryRun } = destroy.review;
  if (dryRun === undefined) return [untold(destroy.operation)];
  const forbidden = await whyNotRehearsed(subject.account, [destroy.operation, dryRun.operation], options);
  if (forbidden !== undefined) return [untold(destroy.operation, forbidden)];
  const found = await rehearse(subject, dryRun, options, signal);
  return dryRun.operation === destroy.operation ? [found] : [found, untold(destroy.operation)];
}

/** Not even a dry run of what is forbidden is sent: it would stand in the logs of the cloud as an attempt. */
async function whyNotRehearsed(
  account: Account,
  operations: readonly Operation[],
  { policy }: PermissionChecksOptions,
): Promise<string | undefined> {
  for (const { product, action } of operations) {
    const forbidden = forbiddenBy(account, await policy(product.code, action));
    if (forbidden !== undefined) return forbidden;
  }
  return undefined;
}

/** Permissions are looked at before the instance is: that it does not exist means that one would have been enough. */
async function rehearse(
  { account, region }: Subject,
  dryRun: DryRun,
  options: PermissionChecksOptions,
  signal: AbortSignal,
): Promise<Finding> {
  const rehearsal = await options.rehearse(account, region, dryRun, [nobody], signal);
  if (rehearsal.verdict === 'wouldPass') return granted(dryRun.operation);
  const { error, verdict } = rehearsal;
  if (verdict === 'wouldBeRefused' && error.reason === 'notFound') return granted(dryRun.operation);
  const { permission } = dryRun.operation;
  if (telling.has(error.reason)) return failed('permissions', permission, error);
  const text = l10n.t('The dry run was inconclusive ({0}).', error.code ?? error.reason);
  return { area: 'permissions', about: permission, state: 'open', text };
}

/** Failures that say something about the permission, or that nothing will go through at all. */
const telling: ReadonlySet<Reason> = new Set(['permission', 'auth', 'network', 'timeout']);

function granted(operation: Operation): Finding {
  return {
    area: 'permissions',
    about: operation.permission,
    state: 'good',
    text: l10n.t('Granted: {0} was answered.', operation.action),
  };
}

function untold(operation: Operation, text = l10n.t('Cannot be checked without doing it.')): Finding {
  return { area: 'permissions', about: operation.permission, state: 'open', text };
}
