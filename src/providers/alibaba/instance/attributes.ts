import type { Finding } from '../../../core/action';
import type { Item } from '../../../core/item';
import { unreadableParts } from '../../unknown';
import { changingFinding, isIn, lockFinding } from './power';
import { lockReasons, recordOf } from './record';
import { ecsState } from './state';

/** Attributes can be changed in any status but this one, unless the instance is locked. */
export function attributeFindings(item: Item): Finding[] {
  return [
    ...(isIn(item, 'Pending') ? [changingFinding(ecsState(item).label())] : []),
    ...lockReasons(item).map(lockFinding),
  ];
}

/** Anything here that differs from what was reviewed means another machine. */
export function sameInstance(item: Item, others: readonly string[] = []): Readonly<Record<string, string | undefined>> {
  const { InstanceName, CreationTime, SerialNumber } = recordOf(item);
  return {
    InstanceName,
    CreationTime,
    SerialNumber,
    OperationLocks: lockReasons(item).join(', '),
    ...unreadableParts(item, ['InstanceName', 'CreationTime', 'SerialNumber', 'OperationLocks', ...others]),
  };
}
