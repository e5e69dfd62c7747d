import { deleteInstance, deleteInstances, describeInstances } from '../../providers/volcengine/instance/operations';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { gone } from '../recordTable';
import { Refusal } from '../refusal';
import { matches } from './instanceFilter';
import { oneByOne } from './oneByOne';
import type { VolcengineInstance, VolcengineRegion } from './region';
import { instancesOf } from './region';

export const instanceHandlers: readonly Handler<VolcengineRegion>[] = [
  handle(describeInstances, (params, context) => {
    const entries = instancesOf(context).select(params.InstanceIds, (record) => matches(record, params));
    const request = { ...params, MaxResults: params.MaxResults ?? 10 };
    const { items, NextToken, TotalCount } = pageOf(entries, request, { badToken: 'InvalidArgument', largest: 100 });
    // A region without instances answers null, as the cloud does for empty lists.
    return { Instances: items.length === 0 ? null : items, NextToken, TotalCount };
  }),
  handle(deleteInstances, ({ InstanceIds }, context) =>
    oneByOne(deleteInstances, InstanceIds, (id) => {
      const refusal = refusalOf(instancesOf(context).get(id), context.now);
      if (refusal !== undefined) throw refusal;
      remove(id, context);
    }),
  ),
  handle(deleteInstance, ({ InstanceId, DryRun }, context) => {
    const refusal = refusalOf(instancesOf(context).get(InstanceId), context.now);
    if (refusal !== undefined) throw refusal;
    if (DryRun === true) throw new Refusal('DryRunOperation');
    remove(InstanceId, context);
    return {};
  }),
];

/** Why this instance cannot be deleted; undefined when it can. */
function refusalOf(instance: VolcengineInstance | undefined, now: Date): Refusal | undefined {
  if (instance === undefined) return new Refusal('InvalidInstance.NotFound');
  const { DeletionProtection, InstanceChargeType, ExpiredAt, Status } = instance;
  // No public page names the code for protection; the cloud's other products refuse in these words.
  if (DeletionProtection) {
    const message = 'The specified instance has deletion protection enabled.';
    return new Refusal('InvalidOperation.DeletionProtection', { status: 400, message });
  }
  if (InstanceChargeType === 'PrePaid' && Date.parse(ExpiredAt) > now.getTime())
    return new Refusal('InvalidChargeType');
  return ['STOPPED', 'ERROR'].includes(Status) ? undefined : new Refusal('InvalidInstanceStatus');
}

function remove(id: string, context: CallContext<VolcengineRegion>): void {
  instancesOf(context).pass(id, [{ Status: 'DELETING' }, gone], context.transitionMs);
}
