import * as l10n from '@vscode/l10n';
import type { ActionIds, Finding } from '../../../core/action';
import type { FlagInput, Subject } from '../../../core/input';
import { unknownFindings, unreadableParts } from '../../unknown';
import { ecsFields } from './fields';
import { maxPerCall } from './operations';
import { filled, recordOf, type EcsRecord } from './record';
import { ecsState, isChanging } from './state';

/** Instances of a call are named so, and carried out each by itself. */
export const batchIds: ActionIds = { param: 'InstanceIds', perCall: maxPerCall };

/** What is found in a record whatever is done with its power; `needed` is the status that the cloud asks for. */
export function powerFindings(record: EcsRecord, needed: 'RUNNING' | 'STOPPED'): Finding[] {
  return [
    ...statusFindings(record, needed),
    ...(needed === 'RUNNING' && isBareMetal(record) ? [bareMetalFinding()] : []),
    ...unknownFindings(record, ecsFields, decisive),
  ];
}

/** After https://www.volcengine.com/docs/6396/101069 */
function isBareMetal({ InstanceTypeId }: EcsRecord): boolean {
  return InstanceTypeId?.startsWith('ecs.ebm') === true;
}

function bareMetalFinding(): Finding {
  const text = l10n.t(
    'It is a bare metal instance: its power is always cut, and data can be lost. The cloud advises to do this in the console.',
  );
  return { level: 'warning', code: 'bareMetal', text };
}

const decisive = { said: ['InstanceChargeType'], readable: ['LocalVolumes'] };

function statusFindings(record: EcsRecord, needed: 'RUNNING' | 'STOPPED'): Finding[] {
  const { token, label } = ecsState(record);
  if (isChanging(record)) return [changingFinding(label())];
  if (token === needed) return [];
  if (needed === 'RUNNING' && token === 'STOPPED') {
    const text = l10n.t('It is stopped. Start it first.');
    return [{ level: 'refused', code: 'notRunning', text, remedy: 'startInstances' }];
  }
  // A running instance that is to be started has what is asked for: that is told elsewhere.
  if (token === 'RUNNING') return [];
  if (token === 'ERROR') {
    const text = l10n.t('It is faulty. The cloud refuses until it has been repaired; look at it in the console.');
    return [{ level: 'refused', code: 'faulty', text }];
  }
  const text = l10n.t('Its status is "{0}", which this extension does not know. The cloud may refuse.', label());
  return [{ level: 'warning', code: 'statusUnknown', text }];
}

/** The cloud takes no other order while it works on one. */
export function changingFinding(label: string): Finding {
  const text = l10n.t('It is just changing its status ("{0}"). Wait until that has ended.', label);
  return { level: 'refused', code: 'changing', text };
}

/** Anything here that differs from what was reviewed means another machine, another danger or another bill. */
export function sameMachine(record: EcsRecord): Readonly<Record<string, string | undefined>> {
  return {
    InstanceName: record.InstanceName,
    CreatedAt: record.CreatedAt,
    Uuid: record.Uuid,
    Status: record.Status,
    StoppedMode: filled(record.StoppedMode),
    InstanceChargeType: record.InstanceChargeType,
    ExpiredAt: filled(record.ExpiredAt),
    ...unreadableParts(record, reviewed),
  };
}

const reviewed = ['InstanceName', 'CreatedAt', 'Uuid', 'Status', 'StoppedMode', 'InstanceChargeType', 'ExpiredAt'];

export function isIn(record: EcsRecord, ...statuses: readonly string[]): boolean {
  return statuses.includes(ecsState(record).token);
}

export function isRunning({ item }: Subject): boolean {
  return isIn(recordOf(item), 'RUNNING');
}

export function idsOf(subjects: readonly Subject[]): string[] {
  return subjects.map(({ id }) => id);
}

/** `ForceStop`, by the same name for stopping and restarting. */
export const forceInput: FlagInput = {
  type: 'flag',
  name: 'ForceStop',
  about: (subjects) => idsOf(subjects.filter(isRunning)),
  question: () => l10n.t('Cut the power instead of shutting them down?'),
  detail: () => l10n.t('Faster, but what is in memory or not yet written is lost.'),
};

export function forceWords(answer: unknown): string | undefined {
  return answer === true ? l10n.t('cut the power instead of shutting down (ForceStop)') : undefined;
}
