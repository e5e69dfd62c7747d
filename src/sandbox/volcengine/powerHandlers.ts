import { rebootInstances, startInstances, stopInstances } from '../../providers/volcengine/instance/powerOperations';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import { Refusal } from '../refusal';
import { oneByOne } from './oneByOne';
import type { VolcengineInstance, VolcengineRegion } from './region';
import { instancesOf } from './region';

type Context = CallContext<VolcengineRegion>;

export const powerHandlers: readonly Handler<VolcengineRegion>[] = [
  handle(startInstances, ({ InstanceIds }, context) =>
    oneByOne(startInstances, InstanceIds, (id) => {
      const instance = instanceIn('STOPPED', id, context);
      // No public page names the code for an instance whose subscription has ended.
      if (instance.InstanceChargeType === 'PrePaid' && Date.parse(instance.ExpiredAt) <= context.now.getTime())
        throw new Refusal('InvalidInstanceStatus');
      pass(id, [{ Status: 'STARTING' }, { Status: 'RUNNING', StoppedMode: '' }], context);
    }),
  ),
  handle(stopInstances, ({ InstanceIds, StoppedMode = 'KeepCharging' }, context) =>
    oneByOne(stopInstances, InstanceIds, (id) => {
      const { InstanceChargeType, LocalVolumes } = instanceIn('RUNNING', id, context);
      const isEconomical = StoppedMode === 'StopCharging' && InstanceChargeType === 'PostPaid' && LocalVolumes === null;
      const stopped = { Status: 'STOPPED', StoppedMode: isEconomical ? 'StopCharging' : 'KeepCharging' };
      pass(id, [{ Status: 'STOPPING' }, stopped], context);
    }),
  ),
  handle(rebootInstances, ({ InstanceIds }, context) =>
    oneByOne(rebootInstances, InstanceIds, (id) => {
      instanceIn('RUNNING', id, context);
      pass(id, [{ Status: 'REBOOTING' }, { Status: 'RUNNING' }], context);
    }),
  ),
];

/** The instance, if it is in the only status in which the cloud does this. */
function instanceIn(status: string, id: string, context: Context): VolcengineInstance {
  const instance = instancesOf(context).get(id);
  if (instance === undefined) throw new Refusal('InvalidInstance.NotFound');
  if (instance.Status !== status) throw new Refusal('InvalidInstanceStatus');
  return instance;
}

function pass(id: string, states: readonly Partial<VolcengineInstance>[], context: Context): void {
  instancesOf(context).pass(id, states, context.transitionMs);
}
