import {
  deregisterManagedInstance,
  describeManagedInstances,
  modifyManagedInstance,
} from '../../providers/alibaba/managedInstance/operations';
import type { Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { Refusal } from '../refusal';
import type { ManagedInstance } from './records';
import type { AlibabaRegion, TagFilter } from './region';
import { checkTags, fits, hasTags, hybridRegionOf } from './region';

export const managedInstanceHandlers: readonly Handler<AlibabaRegion>[] = [
  handle(describeManagedInstances, (params, context) => {
    const { managedInstance } = hybridRegionOf(context).tables;
    checkTags(params.Tag);
    const entries = managedInstance.select(params.InstanceId, filterOf(params));
    const { items, ...paging } = pageOf(entries, params, { badToken: 'InvalidParameter.NextToken', largest: 50 });
    return { Instances: items, ...paging };
  }),
  handle(deregisterManagedInstance, ({ InstanceId }, context) => {
    const { tables } = hybridRegionOf(context);
    const instance = tables.managedInstance.get(InstanceId);
    if (instance === undefined) throw new Refusal('InvalidInstance.NotFound');
    tables.managedInstance.remove(InstanceId);
    const activation = tables.activation.get(instance.ActivationId);
    if (activation !== undefined) {
      activation.RegisteredCount -= 1;
      activation.DeregisteredCount += 1;
    }
    const { Connected: _connected, Tags: _tags, ...record } = instance;
    return { Instance: record };
  }),
  handle(modifyManagedInstance, ({ InstanceId, InstanceName }, context) => {
    const instance = hybridRegionOf(context).tables.managedInstance.get(InstanceId);
    if (instance === undefined) throw new Refusal('InvalidInstance.NotFound');
    instance.InstanceName = InstanceName;
    return { Instance: { InstanceName, InstanceId } };
  }),
];

interface Filters {
  readonly ActivationId?: string | undefined;
  readonly Connected?: string | undefined;
  readonly InstanceIp?: string | undefined;
  readonly InstanceName?: string | undefined;
  readonly MachineId?: string | undefined;
  readonly OsType?: string | undefined;
  readonly ResourceGroupId?: string | undefined;
  readonly Tag?: readonly TagFilter[] | undefined;
}

/** Undefined when nothing is filtered: a long list is then paged without a look at each record. */
function filterOf(filters: Filters): ((instance: ManagedInstance) => boolean) | undefined {
  const { ActivationId, Connected, InstanceIp, InstanceName, MachineId, OsType, ResourceGroupId, Tag } = filters;
  const wanted = [ActivationId, Connected, InstanceIp, InstanceName, MachineId, OsType, ResourceGroupId, Tag];
  if (wanted.every((filter) => filter === undefined)) return undefined;
  return (instance) =>
    fits(ActivationId, instance.ActivationId) &&
    fits(Connected, String(instance.Connected)) &&
    fits(InstanceName, instance.InstanceName) &&
    fits(MachineId, instance.MachineId) &&
    fits(OsType?.toLowerCase(), instance.OsType.toLowerCase()) &&
    fits(ResourceGroupId, instance.ResourceGroupId) &&
    (fits(InstanceIp, instance.IntranetIp) || fits(InstanceIp, instance.InternetIp)) &&
    hasTags(instance.Tags, Tag);
}
