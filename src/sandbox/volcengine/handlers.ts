import { deleteInstance, deleteInstances, describeInstances } from '../../providers/volcengine/instance/operations';
import { describeRegions } from '../../providers/volcengine/regions';
import type { Context, Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import type { VolcengineInstance } from '../records';
import { Refusal, writeRefusal } from '../refusal';
import { entriesOf } from '../select';
import type { VolcengineRegion } from '../store';
import { purge } from '../store';
import { matches } from './filter';

const paging = { badToken: 'InvalidArgument', largest: 100 };

export const volcengineHandlers: readonly Handler[] = [
  handle(describeRegions, ({ RegionIds, MaxResults = 10, NextToken }, { store }) => {
    const ids = [...store.volcengine.keys()].filter((id) => RegionIds?.includes(id) ?? true);
    const entries = ids.map((id, index) => ({ place: index + 1, id, value: { RegionId: id } }));
    const page = pageOf(entries, { RegionIds, MaxResults, NextToken }, paging);
    return { Regions: page.items, NextToken: page.NextToken };
  }),
  handle(describeInstances, (params, context) => {
    const { instances } = regionOf(context);
    const entries = entriesOf(instances, params.InstanceIds, ({ record }) => matches(record, params));
    const page = pageOf(entries, { ...params, MaxResults: params.MaxResults ?? 10 }, paging);
    const Instances = page.items.map(({ record }) => record);
    // A region without instances answers null, as the cloud does for empty lists.
    return {
      Instances: Instances.length === 0 ? null : Instances,
      NextToken: page.NextToken,
      TotalCount: page.TotalCount,
    };
  }),
  handle(deleteInstances, ({ InstanceIds }, context) => {
    const region = regionOf(context);
    const OperationDetails = InstanceIds.map((InstanceId) => {
      const refusal = refusalOf(region.instances.get(InstanceId), context.now);
      if (refusal === undefined) remove(region, InstanceId, context);
      return refusal === undefined ? { InstanceId } : { InstanceId, Error: errorOf(refusal) };
    });
    return { OperationDetails };
  }),
  handle(deleteInstance, ({ InstanceId, DryRun }, context) => {
    const region = regionOf(context);
    const refusal = refusalOf(region.instances.get(InstanceId), context.now);
    if (refusal !== undefined) throw refusal;
    if (DryRun === true) throw new Refusal('DryRunOperation');
    remove(region, InstanceId, context);
    return {};
  }),
];

/** The region of the credential scope. The cloud words an unknown one like an action it does not offer there. */
function regionOf({ store, region: id, now }: Context): VolcengineRegion {
  const region = store.volcengine.get(id);
  if (region === undefined) throw new Refusal('InvalidActionOrVersion', { details: [`in region ${id}`, '2020-04-01'] });
  purge(region.instances, now);
  return region;
}

/** Why this instance cannot be deleted; undefined when it can. */
function refusalOf(instance: VolcengineInstance | undefined, now: Date): Refusal | undefined {
  if (instance === undefined) return new Refusal('InvalidInstance.NotFound');
  const { DeletionProtection, InstanceChargeType, ExpiredAt, Status } = instance.record;
  // No public page names the code for protection; the cloud's other products refuse in these words.
  if (DeletionProtection) {
    const message = 'The specified instance has deletion protection enabled.';
    return new Refusal('InvalidOperation.DeletionProtection', { status: 400, message });
  }
  if (InstanceChargeType === 'PrePaid' && Date.parse(ExpiredAt) > now.getTime())
    return new Refusal('InvalidChargeType');
  return ['STOPPED', 'ERROR'].includes(Status) ? undefined : new Refusal('InvalidInstanceStatus');
}

/** A refusal inside `OperationDetails`, in the words it would have as the answer to `DeleteInstance`. */
function errorOf(refusal: Refusal): { Code: string; Message: string } {
  const { code, message } = writeRefusal(refusal, 'volcengine', deleteInstance);
  return { Code: code, Message: message };
}

function remove({ instances }: VolcengineRegion, id: string, { now, releaseDelayMs }: Context): void {
  const instance = instances.get(id);
  if (instance === undefined || releaseDelayMs === 0) {
    instances.remove(id);
    return;
  }
  instance.record.Status = 'DELETING';
  instance.goneAt = now.getTime() + releaseDelayMs;
}
