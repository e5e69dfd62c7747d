import { modifyInstanceAttribute } from '../../providers/volcengine/instance/attributeOperations';
import type { Handler } from '../handler';
import { handle } from '../handler';
import { Refusal } from '../refusal';
import { toBeijing } from '../times';
import type { VolcengineRegion } from './region';
import { instancesOf } from './region';

export const attributeHandlers: readonly Handler<VolcengineRegion>[] = [
  handle(modifyInstanceAttribute, ({ InstanceId, InstanceName, DeletionProtection }, context) => {
    const instance = instancesOf(context).get(InstanceId);
    if (instance === undefined) throw new Refusal('InvalidInstance.NotFound');
    if (instance.Status === 'DELETING') throw new Refusal('InvalidInstanceStatus');
    if (InstanceName !== undefined) instance.InstanceName = InstanceName;
    if (DeletionProtection !== undefined) instance.DeletionProtection = DeletionProtection;
    instance['UpdatedAt'] = toBeijing(context.now);
    return {};
  }),
];
