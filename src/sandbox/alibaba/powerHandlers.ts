import type { Operation } from '../../core/operation';
import { rebootInstances, startInstances, stopInstances } from '../../providers/alibaba/instance/powerOperations';
import { alibabaCloud as provider } from '../../providers/alibaba/provider';
import type { CallContext, Handler } from '../handler';
import { handle } from '../handler';
import type { RecordState } from '../recordTable';
import { Refusal, writeRefusal } from '../refusal';
import { toMinutes } from '../times';
import type { EcsInstance } from './records';
import type { AlibabaRegion } from './region';
import { regionOf } from './region';

type Context = CallContext<AlibabaRegion>;

interface Batch {
  readonly InstanceId: readonly string[];
  readonly BatchOptimization?: 'AllTogether' | 'SuccessFirst' | undefined;
  readonly DryRun?: boolean | undefined;
}

/** First what the answer tells, then what the instance passes until it rests. */
type States = readonly [Partial<EcsInstance>, ...RecordState<EcsInstance>[]];

/** The states an instance passes; `check` refuses it for what this operation alone asks for. */
interface Power {
  readonly operation: Operation;
  readonly needed: 'Running' | 'Stopped';
  readonly states: (instance: EcsInstance) => States;
  readonly check?: (instance: EcsInstance) => void;
}

export const powerHandlers: readonly Handler<AlibabaRegion>[] = [
  handle(startInstances, (params, context) =>
    switchPower(params, context, {
      operation: startInstances,
      needed: 'Stopped',
      states: () => [{ Status: 'Starting' }, running],
      check: ({ InstanceChargeType, ExpiredTime }) => {
        if (InstanceChargeType === 'PrePaid' && Date.parse(ExpiredTime) <= context.now.getTime())
          throw refused('InstanceExpired');
      },
    }),
  ),
  handle(stopInstances, (params, context) =>
    switchPower(params, context, {
      operation: stopInstances,
      needed: 'Running',
      states: ({ InstanceChargeType }) => {
        // An instance that does not qualify is stopped all the same, and stays billed.
        const isEconomical = params.StoppedMode === 'StopCharging' && InstanceChargeType === 'PostPaid';
        const StoppedMode = isEconomical ? 'StopCharging' : 'KeepCharging';
        return [{ Status: 'Stopping' }, { Status: 'Stopped', StoppedMode }];
      },
    }),
  ),
  handle(rebootInstances, (params, context) =>
    switchPower(params, context, {
      operation: rebootInstances,
      needed: 'Running',
      states: () => [{ Status: 'Stopping' }, { Status: 'Starting' }, running],
    }),
  ),
];

function running(at: Date): Partial<EcsInstance> {
  return { Status: 'Running', StoppedMode: 'Not-applicable', StartTime: toMinutes(at) };
}

/** All of them or none, unless each is asked for by itself. */
function switchPower(params: Batch, context: Context, power: Power): Record<string, unknown> {
  if (params.DryRun === true) throw new Refusal('DRYRUN.SUCCESS');
  const ids = [...new Set(params.InstanceId)];
  if (params.BatchOptimization !== 'SuccessFirst') for (const id of ids) allowed(id, context, power);
  return { InstanceResponses: { InstanceResponse: ids.map((id) => answerFor(id, context, power)) } };
}

function answerFor(InstanceId: string, context: Context, power: Power): Record<string, string> {
  try {
    const instance = allowed(InstanceId, context, power);
    const { Status: PreviousStatus } = instance;
    const states = power.states(instance);
    regionOf(context).tables.instance.pass(InstanceId, states, context.transitionMs);
    const CurrentStatus = states[0].Status ?? PreviousStatus;
    return { InstanceId, Code: '200', Message: 'success', PreviousStatus, CurrentStatus };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = writeRefusal(error, provider, power.operation);
    return { InstanceId, Code: code, Message: message };
  }
}

/** The instance, if the cloud does this with it now. */
function allowed(id: string, context: Context, { needed, check }: Power): EcsInstance {
  const instance = regionOf(context).tables.instance.get(id);
  if (instance === undefined) throw new Refusal('InvalidInstanceIds.NotFound');
  const locks = instance.OperationLocks.LockReason.map(({ LockReason }) => LockReason);
  if (locks.includes('security')) throw new Refusal('InstanceLockedForSecurity');
  if (instance.Status !== needed) throw refused('IncorrectInstanceStatus');
  check?.(instance);
  return instance;
}

function refused(code: string): Refusal {
  return new Refusal(code, { details: ['The current status of the resource does not support this operation.'] });
}
