import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import type { Answers, FlagInput, Subject } from '../../../core/input';
import type { Item } from '../../../core/item';
import { localTime } from '../../localTime';
import { unknownFindings, unreadableParts } from '../../unknown';
import { answeredFor } from '../api/answeredFor';
import { ecsFields } from './fields';
import { deleteInstances } from './operations';
import { decisive, lockReasons, recordOf, subscription } from './record';
import { ecsState } from './state';

/** Releasing ECS instances: up to 100 a call, all of them or none. */
export const releaseAction: Action = {
  id: 'deleteInstances',
  row: { command: 'releaseInstance', title: () => l10n.t('Release Instance') },
  operation: deleteInstances,
  menu: 'remove',
  ids: { param: 'InstanceId', perCall: 100, allOrNothing: true },
  inputs: inputs(),
  params,
  review: {
    findings,
    sameAs,
    leftBehind,
    dryRun: {
      operation: deleteInstances,
      idsPerCall: 100,
      params: (ids, answers) => ({ ...params(ids, answers), DryRun: true }),
      // This operation answers the first spelling, others of the same API the second.
      passedCodes: ['DRYRUN.SUCCESS', 'DryRunOperation'],
    },
  },
  goal: { type: 'gone', codes: ['InvalidInstanceIds.NotFound', 'InvalidInstanceId.NotFound'], settlesLater: true },
  // The answer has nothing but its request id.
  outcomes: answeredFor(),
  words: {
    button: () => l10n.t('Release'),
    command: () => l10n.t('Release or Delete Instance'),
    title: () => l10n.t('Release instances'),
    question: (count, name) =>
      count === 1 ? l10n.t('Release the ECS instance "{0}"?', name) : l10n.t('Release {0} ECS instances?', count),
    task: (count) => (count === 1 ? l10n.t('Release 1 ECS instance') : l10n.t('Release {0} ECS instances', count)),
    answer: (name, answers) => (answers[name] === true ? (answerWords[name]?.() ?? name) : undefined),
    consequence: (count) =>
      count === 1
        ? l10n.t('The instance is gone for good and its data is erased. It cannot be undone.')
        : l10n.t('The instances are gone for good and their data is erased. It cannot be undone.'),
    doing: () => l10n.t('Releasing'),
    done: () => l10n.t('Released'),
    outcome: { done: () => l10n.t('released'), already: () => l10n.t('already gone') },
  },
};

/**
 * `Force` is always said, so that no default decides. With it `ForceStop` is said as well: left out it would mean
 * true, which cuts the power of a running machine without anyone having asked for that.
 */
function params(ids: readonly string[], answers: Answers): Record<string, unknown> {
  const force = answers['Force'] === true;
  return {
    InstanceId: [...ids],
    Force: force,
    ForceStop: force ? answers['ForceStop'] === true : undefined,
    TerminateSubscription: answers['TerminateSubscription'] === true ? true : undefined,
  };
}

function findings(item: Item, now: Date): readonly Finding[] {
  const record = recordOf(item);
  return [
    ...(record.DeletionProtection === true ? [protectedFinding()] : []),
    ...statusFindings(item),
    ...subscriptionFindings(item, now),
    ...lockReasons(item).map(lockFinding),
    ...(record.NetworkInterfaces.some(({ Type }) => Type === 'Secondary') ? [interfacesFinding()] : []),
    ...unknownFindings(item, ecsFields, decisive),
  ];
}

function protectedFinding(): Finding {
  const text = l10n.t('Release protection is on. Turn it off first.');
  return { level: 'refused', code: 'deletionProtection', text, remedy: 'changeReleaseProtection' };
}

function statusFindings(item: Item): Finding[] {
  const { token, label } = ecsState(item);
  switch (token) {
    case 'Stopped':
      return [];
    case 'Running': {
      const text = l10n.t('It is running. Stop it first, or choose to release it although it is running.');
      return [{ level: 'refused', code: 'running', text, liftedBy: 'Force', remedy: 'stopInstances' }];
    }
    case 'Pending':
    case 'Starting':
    case 'Stopping': {
      const text = l10n.t('It is just changing its status ("{0}"). Wait until that has ended.', label());
      return [{ level: 'refused', code: 'incorrectStatus', text }];
    }
    default: {
      const text = l10n.t('Its status is "{0}", which this extension does not know. The cloud may refuse.', label());
      return [{ level: 'warning', code: 'statusUnknown', text }];
    }
  }
}

function subscriptionFindings(item: Item, now: Date): Finding[] {
  const { ExpiredTime } = recordOf(item);
  switch (subscription(item, now)) {
    case 'none':
      return [];
    case 'running': {
      const text = l10n.t(
        'It is a subscription that runs until {0}. Until then it can only be refunded, not released.',
        localTime(ExpiredTime),
      );
      return [{ level: 'refused', code: 'subscription', text }];
    }
    case 'expired': {
      const text = l10n.t(
        'It is a subscription that expired ({0}). It is released only when that is asked for.',
        localTime(ExpiredTime),
      );
      return [{ level: 'refused', code: 'expiredSubscription', text, liftedBy: 'TerminateSubscription' }];
    }
    case 'unknown': {
      const text = l10n.t('It is a subscription and the cloud does not say when it expires. It is refused until then.');
      return [{ level: 'warning', code: 'subscriptionUnknown', text }];
    }
  }
}

/** Whether a locked instance can be released depends on the lock and on what the vendor's staff decided. */
function lockFinding(reason: string): Finding {
  const text =
    reason === 'security'
      ? l10n.t(
          'It is locked for security reasons. The cloud may refuse; if it does not, the data disks are erased whatever they are set to.',
        )
      : l10n.t('It is locked ({0}). The cloud may refuse.', reason);
  return { level: 'warning', code: reason === 'security' ? 'securityLock' : 'locked', text };
}

function interfacesFinding(): Finding {
  const text = l10n.t('It has secondary network interfaces. The cloud refuses while they are linked with others.');
  return { level: 'warning', code: 'secondaryInterfaces', text };
}

function leftBehind(item: Item): readonly string[] {
  const { EipAddress, LocalStorageAmount } = recordOf(item);
  const elastic = EipAddress?.AllocationId || EipAddress?.IpAddress;
  return [
    lockReasons(item).includes('security')
      ? l10n.t('All its disks are erased, also those set to be kept: it is locked for security reasons.')
      : l10n.t(
          'Disks set to be kept (DeleteWithInstance off) stay as pay-as-you-go disks and are billed; all others are erased.',
        ),
    ...(LocalStorageAmount !== undefined && LocalStorageAmount > 0
      ? [l10n.t('The data on its local disks is lost.')]
      : []),
    ...(elastic
      ? [
          l10n.t(
            'The elastic IP {0} stays and is billed until it is released.',
            [EipAddress?.IpAddress, EipAddress?.AllocationId].filter(Boolean).join(' / '),
          ),
        ]
      : []),
    l10n.t(
      'Snapshots made by hand stay and are billed. Automatic snapshots go with a disk only where it is set so (DeleteAutoSnapshot).',
    ),
  ];
}

/** Anything here that differs from what was reviewed means another machine, another danger or another bill. */
function sameAs(item: Item): Readonly<Record<string, string | undefined>> {
  const { InstanceName, CreationTime, SerialNumber, Status, InstanceChargeType, ExpiredTime } = recordOf(item);
  const { DeletionProtection, EipAddress } = recordOf(item);
  return {
    InstanceName,
    CreationTime,
    SerialNumber,
    Status,
    InstanceChargeType,
    ExpiredTime,
    DeletionProtection: DeletionProtection === undefined ? undefined : String(DeletionProtection),
    // Locks and an elastic IP change what a release leaves behind.
    OperationLocks: lockReasons(item).join(', '),
    'EipAddress.AllocationId': EipAddress?.AllocationId,
    ...unreadableParts(item, reviewed),
  };
}

const reviewed = [
  'InstanceName',
  'CreationTime',
  'SerialNumber',
  'Status',
  'InstanceChargeType',
  'ExpiredTime',
  'DeletionProtection',
  'OperationLocks',
  'EipAddress.AllocationId',
];

function inputs(): FlagInput[] {
  const isRunning = ({ item }: Subject): boolean => recordOf(item).Status === 'Running';
  return [
    {
      type: 'flag',
      name: 'Force',
      about: (subjects) => idsOf(subjects.filter(isRunning)),
      question: () => l10n.t('Release instances although they are running?'),
      detail: () => l10n.t('They are shut down and released. Leave them out to release only the others.'),
    },
    {
      type: 'flag',
      name: 'ForceStop',
      // It means nothing without Force.
      about: (subjects, { Force }) => (Force === true ? idsOf(subjects.filter(isRunning)) : []),
      question: () => l10n.t('Cut the power instead of shutting them down?'),
      detail: () => l10n.t('Faster, but what is in memory or not yet written is lost.'),
      buttons: () => ({ yes: l10n.t('Cut the Power'), no: l10n.t('Shut Down') }),
    },
    {
      type: 'flag',
      name: 'TerminateSubscription',
      about: (subjects, _, now) =>
        idsOf(subjects.filter(({ item }) => ['expired', 'unknown'].includes(subscription(item, now)))),
      question: () => l10n.t('Release expired subscriptions as well?'),
      detail: () => l10n.t('Without this the cloud refuses them.'),
    },
  ];
}

function idsOf(subjects: readonly Subject[]): string[] {
  return subjects.map(({ id }) => id);
}

const answerWords: Readonly<Record<string, () => string>> = {
  Force: () => l10n.t('release although running (Force)'),
  ForceStop: () => l10n.t('cut the power instead of shutting down (ForceStop)'),
  TerminateSubscription: () => l10n.t('expired subscriptions as well (TerminateSubscription)'),
};
