import * as l10n from '@vscode/l10n';
import type { ActionIds, Finding } from '../../../core/action';
import type { FlagInput, Subject } from '../../../core/input';
import type { Item } from '../../../core/item';
import { viewOf } from '../../../core/tolerant';
import type { AnswerError } from '../../../core/wire';
import { unknownFindings, unreadableParts } from '../../unknown';
import { ecsFields } from './fields';
import { powerResponse } from './powerOperations';
import { lockReasons, recordOf } from './record';
import { ecsState } from './state';

/** Instances of a call are named so; sent as `SuccessFirst`, each is carried out by itself. */
export const batchIds: ActionIds = { param: 'InstanceId', perCall: 100 };

export function batchParams(ids: readonly string[]): Record<string, unknown> {
  return { InstanceId: [...ids], BatchOptimization: 'SuccessFirst' };
}

const answerOf = viewOf(powerResponse);

/** What became of each instance the answer names. One without a code or with two is left out, and so read again. */
export function powerOutcomes(value: unknown): ReadonlyMap<string, AnswerError | undefined> {
  const byId = new Map<string, AnswerError | undefined>();
  const unclear = new Set<string>();
  for (const { InstanceId, Code, Message } of answerOf(value).InstanceResponses) {
    if (!InstanceId) continue;
    const error = !Code || Code === '200' ? undefined : { code: Code, message: Message || Code };
    if (!Code || (byId.has(InstanceId) && byId.get(InstanceId)?.code !== error?.code)) unclear.add(InstanceId);
    byId.set(InstanceId, error);
  }
  for (const id of unclear) byId.delete(id);
  return byId;
}

/** What is found in a record whatever is done with its power; `needed` is the status that the cloud asks for. */
export function powerFindings(item: Item, needed: 'Running' | 'Stopped'): Finding[] {
  return [
    ...statusFindings(item, needed),
    ...lockReasons(item).map(lockFinding),
    ...unknownFindings(item, ecsFields, { said: ['InstanceChargeType'], readable: ['OperationLocks'] }),
  ];
}

function statusFindings(item: Item, needed: 'Running' | 'Stopped'): Finding[] {
  const { token, label, isTransient } = ecsState(item);
  if (isTransient === true) return [changingFinding(label())];
  // A running instance that is to be started has what is asked for: that is told elsewhere.
  if (token === needed || token === 'Running') return [];
  if (token === 'Stopped') {
    const text = l10n.t('It is stopped. Start it first.');
    return [{ level: 'refused', code: 'notRunning', text, remedy: 'startInstances' }];
  }
  const text = l10n.t('Its status is "{0}", which this extension does not know. The cloud may refuse.', label());
  return [{ level: 'warning', code: 'statusUnknown', text }];
}

export function changingFinding(label: string): Finding {
  const text = l10n.t('It is just changing its status ("{0}"). Wait until that has ended.', label);
  return { level: 'refused', code: 'incorrectStatus', text };
}

export function lockFinding(reason: string): Finding {
  if (reason !== 'security')
    return { level: 'warning', code: 'locked', text: l10n.t('It is locked ({0}). The cloud may refuse.', reason) };
  const text = l10n.t('It is locked for security reasons. Have the lock removed in the console first.');
  return { level: 'refused', code: 'securityLock', text };
}

const reviewed = [
  'InstanceName',
  'CreationTime',
  'SerialNumber',
  'Status',
  'StoppedMode',
  'InstanceChargeType',
  'ExpiredTime',
  'OperationLocks',
];

/** Anything here that differs from what was reviewed means another machine, another danger or another bill. */
export function sameMachine(item: Item): Readonly<Record<string, string | undefined>> {
  const { InstanceName, CreationTime, SerialNumber, Status, StoppedMode, InstanceChargeType, ExpiredTime } =
    recordOf(item);
  return {
    InstanceName,
    CreationTime,
    SerialNumber,
    Status,
    StoppedMode,
    InstanceChargeType,
    ExpiredTime,
    OperationLocks: lockReasons(item).join(', '),
    ...unreadableParts(item, reviewed),
  };
}

export function isIn(item: Item, ...statuses: readonly string[]): boolean {
  return statuses.includes(ecsState(item).token);
}

export function isRunning({ item }: Subject): boolean {
  return isIn(item, 'Running');
}

export function idsOf(subjects: readonly Subject[]): string[] {
  return subjects.map(({ id }) => id);
}

/** Never on by default: cutting the power loses data. */
export function forceInput(name: 'ForceStop' | 'ForceReboot'): FlagInput {
  return {
    type: 'flag',
    name,
    about: (subjects) => idsOf(subjects.filter(isRunning)),
    question: () => l10n.t('Cut the power instead of shutting them down?'),
    detail: () => l10n.t('Faster, but what is in memory or not yet written is lost.'),
  };
}
