import { modifyInstanceAttribute } from '../../providers/alibaba/instance/attributeOperations';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import { Refusal } from '../refusal';
import type { EcsInstance } from './records';
import type { AlibabaRegion } from './region';
import { regionOf } from './region';

export const attributeHandlers: readonly Handler<AlibabaRegion>[] = [
  handle(modifyInstanceAttribute, ({ InstanceId, InstanceName, DeletionProtection }, context) => {
    const instance = instanceOf(InstanceId, context);
    if (instance === undefined) throw new Refusal('InvalidInstanceId.NotFound');
    const locks = instance.OperationLocks.LockReason.map(({ LockReason }) => LockReason);
    if (locks.includes('security')) throw new Refusal('InstanceLockedForSecurity');
    if (instance.Status === 'Pending') throw new Refusal('IncorrectInstanceStatus');
    if (DeletionProtection !== undefined && instance.InstanceChargeType === 'PrePaid')
      throw new Refusal('InvalidChargeType.ValueNotSupported', {
        details: ['The specified instance charge type does not support deletion protection.'],
      });
    if (InstanceName !== undefined) instance.InstanceName = InstanceName;
    if (DeletionProtection !== undefined) instance.DeletionProtection = DeletionProtection;
    return {};
  }),
];

/** The vendor's client does not name the region: there the host tells it, and here it is one for all of them. */
function instanceOf(id: string, context: CallContext<AlibabaRegion>): EcsInstance | undefined {
  const regions = context.region === '' ? [...context.regions.values()] : [regionOf(context)];
  return regions.map(({ tables }) => tables.instance.get(id)).find((found) => found !== undefined);
}
