import { deleteInstances, describeInstances } from '../../providers/alibaba/instance/operations';
import { regionOf } from './region';
import { ecsFilter } from './ecsFilter';
import type { Context, Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import type { EcsInstance } from '../records';
import { Refusal } from '../refusal';
import { entriesOf } from '../select';
import type { AlibabaRegion } from '../store';
import { purge } from '../store';

export const ecsHandlers: readonly Handler[] = [
  handle(describeInstances, (params, context) => {
    const region = currentRegion(context);
    if (params.DryRun === true) throw new Refusal('DryRunOperation');
    const ids = params.InstanceIds === undefined ? undefined : readIds(params.InstanceIds);
    const entries = entriesOf(region.instances, ids, ecsFilter(params));
    // Wishes below 10 become 10 here, and those above 100 become 100.
    const MaxResults = params.MaxResults === undefined ? undefined : Math.max(10, params.MaxResults);
    const request = { ...params, MaxResults };
    const { items, ...paging } = pageOf(entries, request, { badToken: 'InvalidParameter', largest: 100 });
    return { Instances: { Instance: items.map(({ record }) => record) }, ...paging };
  }),
  handle(deleteInstances, (params, context) => {
    const region = currentRegion(context);
    const ids = [...new Set(params.InstanceId)];
    const found = ids.map((id) => region.instances.get(id)).filter((instance) => instance !== undefined);
    if (found.length < ids.length) throw new Refusal('InvalidInstanceIds.NotFound');
    // The rehearsal checks key, permission and parameters, not the state of the instances.
    if (params.DryRun === true) throw new Refusal('DRYRUN.SUCCESS');
    for (const instance of found) checkRelease(instance, params, context.now);
    for (const instance of found) release(region, instance, context);
    return {};
  }),
];

function currentRegion(context: Context): AlibabaRegion {
  const region = regionOf(context);
  purge(region.instances, context.now);
  return region;
}

function readIds(text: string): string[] {
  // The parameter's schema has made sure that it is a JSON list of texts.
  return JSON.parse(text) as string[];
}

interface ReleaseWishes {
  readonly Force?: boolean | undefined;
  readonly TerminateSubscription?: boolean | undefined;
}

/** Refuses the whole call for the first instance that may not go; nothing has been changed by then. */
function checkRelease(instance: EcsInstance, wishes: ReleaseWishes, now: Date): void {
  const { record, dependency } = instance;
  if (record.DeletionProtection) throw new Refusal('InvalidOperation.DeletionProtection');
  const locks = record.OperationLocks.LockReason.map(({ LockReason }) => LockReason);
  if (locks.includes('security')) throw new Refusal('InstanceLockedForSecurity');
  checkCharge(instance, wishes, now);
  checkStatus(instance, wishes);
  if (dependency !== undefined) {
    throw new Refusal(dependency, {
      details: ['The instance is bound with elastic network interfaces that are linked.'],
    });
  }
}

function checkCharge({ record }: EcsInstance, { TerminateSubscription }: ReleaseWishes, now: Date): void {
  if (record.InstanceChargeType !== 'PrePaid') return;
  const expired = Date.parse(record.ExpiredTime) <= now.getTime();
  if (expired && TerminateSubscription === true) return;
  throw new Refusal('ChargeTypeViolation', {
    details: ['The operation is not permitted due to billing method of the instance.'],
  });
}

function checkStatus({ record }: EcsInstance, { Force }: ReleaseWishes): void {
  if (record.Status === 'Stopped' || (record.Status === 'Running' && Force === true)) return;
  const initializing = record.Status === 'Pending' || record.Status === 'Starting';
  throw new Refusal(initializing ? 'IncorrectInstanceStatus.Initializing' : 'IncorrectInstanceStatus', {
    details: ['The current status of the resource does not support this operation.'],
  });
}

function release({ instances }: AlibabaRegion, instance: EcsInstance, { now, releaseDelayMs }: Context): void {
  if (releaseDelayMs === 0) {
    instances.remove(instance.record.InstanceId);
    return;
  }
  instance.record.Status = 'Stopping';
  instance.goneAt = now.getTime() + releaseDelayMs;
}
