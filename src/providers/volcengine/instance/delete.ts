import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import { isUnreadable } from '../../../core/unreadable';
import { localTime } from '../../localTime';
import { unknownFindings, unreadableParts } from '../../unknown';
import { ecsFields } from './fields';
import { deleteInstance, deleteInstances, maxPerCall } from './operations';
import { outcomes } from './outcomes';
import { decisive, filled, publicIp, recordOf, subscription, type EcsRecord } from './record';
import { ecsState, isChanging } from './state';

/** Deleting instances, with the cloud's own rehearsal and an outcome for each instance. */
export const deleteAction: Action = {
  id: 'deleteInstances',
  row: { command: 'deleteInstance', title: () => l10n.t('Delete Instance') },
  operation: deleteInstances,
  menu: 'remove',
  ids: { param: 'InstanceIds', perCall: maxPerCall },
  // There is no Force on this cloud, nor any other choice.
  inputs: [],
  params: (ids) => ({ InstanceIds: [...ids] }),
  review: {
    findings: (item, now) => findings(recordOf(item), now),
    sameAs: (item) => sameAs(recordOf(item)),
    leftBehind: (item) => leftBehind(recordOf(item)),
    dryRun: {
      operation: deleteInstance,
      idsPerCall: 1,
      params: (ids) => ({ InstanceId: ids[0], DryRun: true }),
      passedCodes: ['DryRunOperation'],
    },
  },
  goal: { type: 'gone', codes: ['InvalidInstance.NotFound'], settlesLater: true },
  outcomes,
  words: {
    button: () => l10n.t('Delete'),
    command: () => l10n.t('Release or Delete Instance'),
    title: () => l10n.t('Delete instances'),
    question: (count, name) =>
      count === 1 ? l10n.t('Delete the ECS instance "{0}"?', name) : l10n.t('Delete {0} ECS instances?', count),
    task: (count) => (count === 1 ? l10n.t('Delete 1 ECS instance') : l10n.t('Delete {0} ECS instances', count)),
    consequence: (count) =>
      count === 1
        ? l10n.t(
            'The instance, its system disk and its local disks are destroyed at once. Their data cannot be brought back.',
          )
        : l10n.t(
            'The instances, their system disks and their local disks are destroyed at once. Their data cannot be brought back.',
          ),
    doing: () => l10n.t('Deleting'),
    done: () => l10n.t('Deleted'),
    outcome: { done: () => l10n.t('deleted'), already: () => l10n.t('already gone') },
  },
};

function findings(record: EcsRecord, now: Date): Finding[] {
  return [
    ...[protection(record), unexpired(record, now), status(record)].filter((finding) => finding !== undefined),
    ...unknownFindings(record, ecsFields, decisive),
  ];
}

function protection(record: EcsRecord): Finding | undefined {
  if (record.DeletionProtection !== true) return undefined;
  const text = l10n.t('Deletion protection is on. Turn it off first.');
  return { level: 'refused', code: 'deletionProtection', text, remedy: 'changeReleaseProtection' };
}

/** Only an expired or unsubscribed subscription may be deleted: https://www.volcengine.com/docs/6396/101070 */
function unexpired(record: EcsRecord, now: Date): Finding | undefined {
  switch (subscription(record, now)) {
    case 'none':
    case 'expired':
      return undefined;
    case 'running': {
      const text = l10n.t(
        'It is a subscription that runs until {0}. Convert it to pay-as-you-go or unsubscribe it first.',
        localTime(record.ExpiredAt),
      );
      return { level: 'refused', code: 'subscription', text };
    }
    case 'unknown': {
      const text = l10n.t(
        'It is a subscription, and its end is not known. The cloud deletes it only after it has expired or was unsubscribed.',
      );
      return { level: 'warning', code: 'subscriptionEndUnknown', text };
    }
  }
}

/**
 * Which statuses allow deletion is not documented. A running instance is only a warning: the vendor's own tools delete
 * without stopping first, and the answer `InvalidInstanceStatus` exists all the same.
 */
function status(record: EcsRecord): Finding | undefined {
  const { token, label } = ecsState(record);
  if (isChanging(record)) {
    const text = l10n.t('It is just changing its status ("{0}"). Wait until that has ended.', label());
    return { level: 'refused', code: 'changing', text };
  }
  if (token === 'RUNNING') {
    const text = l10n.t(
      'It is running. The cloud either refuses to delete it or cuts it off without shutting it down. Stop it first.',
    );
    return { level: 'warning', code: 'running', text, remedy: 'stopInstances' };
  }
  if (token === 'STOPPED' || token === 'ERROR') return undefined;
  const text = l10n.t('Its status is "{0}", which this extension does not know. The cloud may refuse.', label());
  return { level: 'warning', code: 'statusUnknown', text };
}

/** After https://www.volcengine.com/docs/6396/101070 and the page on what remains of a deleted instance. */
function leftBehind(record: EcsRecord): string[] {
  return [...addresses(record), ...disks(record), ...secondaryInterfaces(record)];
}

function addresses(record: EcsRecord): string[] {
  const eip = publicIp(record);
  if (eip === undefined) return [];
  const { address, allocation } = eip;
  return [
    l10n.t(
      'Public IP address {0} ({1}) stays and is billed, unless it was created to be released with the instance.',
      address,
      allocation ?? '–',
    ),
  ];
}

function disks(record: EcsRecord): string[] {
  // Without the list nobody knows; then the sentence about data disks stands as a caution.
  const isKnown = record.Volumes.length > 0 && !isUnreadable(record, 'Volumes');
  const data = isKnown ? record.Volumes.length - 1 : undefined;
  return [
    ...(data === 0
      ? []
      : [
          l10n.t(
            'Data disks stay and are billed, unless they are set to be deleted with the instance. Those that are set lose their data.',
          ),
        ]),
    ...(record.LocalVolumes.length === 0 ? [] : [l10n.t('The data on its local disks is lost.')]),
    l10n.t('Snapshots made by hand stay and are billed.'),
  ];
}

function secondaryInterfaces(record: EcsRecord): string[] {
  const secondary = record.NetworkInterfaces.filter(({ Type }) => Type?.toLowerCase() === 'secondary').length;
  return secondary === 0
    ? []
    : [
        l10n.t(
          'Secondary network interfaces ({0}) stay, unless they are set to be deleted with the instance.',
          secondary,
        ),
      ];
}

/** Anything here that differs from what was reviewed means another machine, another danger or another bill. */
function sameAs(record: EcsRecord): Readonly<Record<string, string | undefined>> {
  return {
    InstanceName: record.InstanceName,
    Status: record.Status,
    CreatedAt: record.CreatedAt,
    Uuid: record.Uuid,
    InstanceChargeType: record.InstanceChargeType,
    ExpiredAt: filled(record.ExpiredAt),
    DeletionProtection: record.DeletionProtection?.toString(),
    'EipAddress.AllocationId': filled(record.EipAddress?.AllocationId),
    Volumes: idsOf(record.Volumes.map(({ VolumeId }) => VolumeId)),
    NetworkInterfaces: idsOf(record.NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId)),
    ...unreadableParts(record, reviewed),
  };
}

const reviewed = [
  'InstanceName',
  'Status',
  'CreatedAt',
  'Uuid',
  'InstanceChargeType',
  'ExpiredAt',
  'DeletionProtection',
  'EipAddress.AllocationId',
  'Volumes',
  'NetworkInterfaces',
];

/** The same text in whatever order they arrive; undefined where none is named. */
function idsOf(ids: readonly (string | undefined)[]): string | undefined {
  return filled(
    ids
      .filter((id) => filled(id) !== undefined)
      .sort()
      .join(', '),
  );
}
