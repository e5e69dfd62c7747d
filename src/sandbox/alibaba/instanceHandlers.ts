import { deleteInstances, describeInstances } from '../../providers/alibaba/instance/operations';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { gone } from '../recordTable';
import { Refusal } from '../refusal';
import { instanceFilter } from './instanceFilter';
import type { EcsInstance } from './records';
import type { AlibabaRegion } from './region';
import { regionOf } from './region';

export const instanceHandlers: readonly Handler<AlibabaRegion>[] = [
  handle(describeInstances, (params, context) => {
    const { instance } = regionOf(context).tables;
    if (params.DryRun === true) throw new Refusal('DryRunOperation');
    const ids = params.InstanceIds === undefined ? undefined : readIds(params.InstanceIds);
    const entries = instance.select(ids, instanceFilter(params));
    // Wishes below 10 become 10 here, and those above 100 become 100.
    const MaxResults = params.MaxResults === undefined ? undefined : Math.max(10, params.MaxResults);
    const request = { ...params, MaxResults };
    const { items, ...paging } = pageOf(entries, request, { badToken: 'InvalidParameter', largest: 100 });
    return { Instances: { Instance: items }, ...paging };
  }),
  handle(deleteInstances, (params, context) => {
    const found = instancesOf(params.InstanceId, context);
    // The rehearsal checks key, permission and parameters, not the state of the instances.
    if (params.DryRun === true) throw new Refusal('DRYRUN.SUCCESS');
    for (const instance of found) checkRelease(instance, params, context);
    const { tables } = regionOf(context);
    for (const { InstanceId } of found)
      tables.instance.pass(InstanceId, [{ Status: 'Stopping' }, gone], context.transitionMs);
    return {};
  }),
];

/** The instances a call names; refuses the whole call when one of them does not exist. */
function instancesOf(ids: readonly string[], context: CallContext<AlibabaRegion>): readonly EcsInstance[] {
  const { instance } = regionOf(context).tables;
  const wanted = [...new Set(ids)];
  const found = wanted.map((id) => instance.get(id)).filter((one) => one !== undefined);
  if (found.length < wanted.length) throw new Refusal('InvalidInstanceIds.NotFound');
  return found;
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
function checkRelease(instance: EcsInstance, wishes: ReleaseWishes, context: CallContext<AlibabaRegion>): void {
  if (instance.DeletionProtection) throw new Refusal('InvalidOperation.DeletionProtection');
  const locks = instance.OperationLocks.LockReason.map(({ LockReason }) => LockReason);
  if (locks.includes('security')) throw new Refusal('InstanceLockedForSecurity');
  checkCharge(instance, wishes, context.now);
  checkStatus(instance, wishes);
  const dependency = regionOf(context).dependencies.get(instance.InstanceId);
  if (dependency !== undefined) {
    throw new Refusal(dependency, {
      details: ['The instance is bound with elastic network interfaces that are linked.'],
    });
  }
}

function checkCharge(instance: EcsInstance, { TerminateSubscription }: ReleaseWishes, now: Date): void {
  if (instance.InstanceChargeType !== 'PrePaid') return;
  const expired = Date.parse(instance.ExpiredTime) <= now.getTime();
  if (expired && TerminateSubscription === true) return;
  throw new Refusal('ChargeTypeViolation', {
    details: ['The operation is not permitted due to billing method of the instance.'],
  });
}

function checkStatus(instance: EcsInstance, { Force }: ReleaseWishes): void {
  if (instance.Status === 'Stopped' || (instance.Status === 'Running' && Force === true)) return;
  const initializing = instance.Status === 'Pending' || instance.Status === 'Starting';
  throw new Refusal(initializing ? 'IncorrectInstanceStatus.Initializing' : 'IncorrectInstanceStatus', {
    details: ['The current status of the resource does not support this operation.'],
  });
}
