import * as l10n from '@vscode/l10n';
import { facet, tagFacet } from '../../../core/facet';
import type { Finding, Item, Kind, State } from '../../../core/kind';
import { viewOf } from '../../../core/tolerant';
import { isUnreadable } from '../../../core/unreadable';
import { deleteActivation, describeActivations, listedActivation } from './operations';
import { answeredFor } from '../api/answeredFor';
import { unknownFindings, unreadableParts, type Decisive } from '../../unknown';
import { field, present, tagsField, tagsOf, timeOf } from '../../fields';
import { pagedList } from '../api/paging';
import { activationRecipe } from './recipe';
import { searchActivations } from '../instance/search';

const row = viewOf(listedActivation);

/** An activation: the right to register so many hosts within so many hours. */
export const activation: Kind = {
  id: 'activation',
  icon: 'key',
  one: () => l10n.t('activation'),
  many: () => l10n.t('Activations'),
  list: pagedList(describeActivations, {
    size: 50,
    items: ({ ActivationList }) => ActivationList,
    filter: ({ activationId, resourceGroupId, tag }) => ({
      ActivationId: activationId,
      ResourceGroupId: resourceGroupId,
      Tag: tag === undefined ? undefined : [{ Key: tag.key, Value: tag.value }],
    }),
  }),
  lookup: { idsPerCall: 1, params: (ids) => ({ ActivationId: ids[0], MaxResults: 10 }) },
  search: searchActivations,
  identify: (item) => row(item).ActivationId,
  name: (item) => row(item).InstanceName || row(item).ActivationId,
  state: (item, now) => states[stateOf(item, now)],
  summary: (item, now) => present(usageText(item), expiryText(item, now), rangeText(item)),
  facets: [
    tagFacet(tagsOf),
    facet('activation', (item) => row(item).ActivationId),
    facet('resourceGroup', (item) => row(item).ResourceGroupId),
  ],
  texts: () => [],
  fingerprint: (item) => {
    const { CreationTime, InstanceName, Disabled, RegisteredCount, DeregisteredCount } = row(item);
    return {
      CreationTime,
      InstanceName,
      Disabled: asText(Disabled),
      RegisteredCount: asText(RegisteredCount),
      DeregisteredCount: asText(DeregisteredCount),
      ...unreadableParts(item, reviewed),
    };
  },
  fields: [
    field('InstanceName', 'text', () => l10n.t('Instance name prefix'), 'identity'),
    field('ActivationId', 'text', () => l10n.t('Activation ID'), 'identity'),
    field('Description', 'text', () => l10n.t('Description'), 'identity'),
    field('Disabled', 'flag', () => l10n.t('Disabled'), 'state'),
    field('InstanceCount', 'count', () => l10n.t('Registrations allowed'), 'state'),
    field('RegisteredCount', 'count', () => l10n.t('Hosts registered'), 'state'),
    field('DeregisteredCount', 'count', () => l10n.t('Hosts deregistered'), 'state'),
    field('CreationTime', 'time', () => l10n.t('Created'), 'times'),
    field('TimeToLiveInHours', 'count', () => l10n.t('Valid for (hours)'), 'times'),
    {
      name: 'ExpiryTime',
      type: 'time',
      section: 'times',
      label: () => l10n.t('Valid until'),
      value: (item) => expiryIso(item),
    },
    field('IpAddressRange', 'text', () => l10n.t('Allowed addresses'), 'network'),
    field('ResourceGroupId', 'text', () => l10n.t('Resource group'), 'identity'),
    tagsField(() => l10n.t('Tags')),
  ],
  registers: { kind: 'managedInstance', filter: (activationId) => ({ activationId }) },
  destroy: {
    verb: 'delete',
    command: 'deleteActivation',
    operation: deleteActivation,
    idsPerCall: 1,
    params: (ids) => ({ ActivationId: ids[0] }),
    goneCodes: ['ActivationId.NotFound'],
    allOrNothing: false,
    settlesLater: false,
    findings,
    leftBehind: () => [
      l10n.t(
        'The activation code can never be read again. A new activation gets a new code; scripts and images that hold this one stop working.',
      ),
      l10n.t('Hosts registered with it earlier are not touched: they stay registered or deregistered as they are.'),
    ],
    options: () => [],
    outcomes: answeredFor('Activation', 'ActivationId'),
    recipe: activationRecipe,
    words: {
      button: () => l10n.t('Delete'),
      question: (count, name) =>
        count === 1 ? l10n.t('Delete the activation "{0}"?', name) : l10n.t('Delete {0} activations?', count),
      task: (count) => (count === 1 ? l10n.t('Delete 1 activation') : l10n.t('Delete {0} activations', count)),
      consequence: (count) =>
        count === 1
          ? l10n.t('No host can register with it any more. It cannot be undone.')
          : l10n.t('No host can register with them any more. It cannot be undone.'),
      doing: () => l10n.t('Deleting'),
      done: () => l10n.t('Deleted'),
    },
  },
};

const reviewed = ['CreationTime', 'InstanceName', 'Disabled', 'RegisteredCount', 'DeregisteredCount'];

/** What tells whether there is room for another host. */
const counts = ['InstanceCount', 'RegisteredCount', 'DeregisteredCount'];

/** `RegisteredCount` has words of its own where it is not known. */
const decisive: Decisive = {
  said: ['Disabled'],
  readable: ['DeregisteredCount', 'InstanceCount', 'TimeToLiveInHours', 'CreationTime'],
};

function asText(value: number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

const hourMs = 3_600_000;

/** `CreationTime` and the hours to live; the list has no expiry of its own. Undefined when either is missing. */
function expiryOf(item: Item): number | undefined {
  const { CreationTime, TimeToLiveInHours } = row(item);
  const created = timeOf(CreationTime);
  return created === undefined || TimeToLiveInHours === undefined ? undefined : created + TimeToLiveInHours * hourMs;
}

function expiryIso(item: Item): string | undefined {
  const expiry = expiryOf(item);
  // The largest lifetimes users give ("forever") can lie beyond what a date can hold.
  return expiry === undefined || Math.abs(expiry) > 8.64e15 ? undefined : new Date(expiry).toISOString();
}

/** Registrations used up: deregistering a host does not give its registration back. Undefined when not told. */
function usedOf(item: Item): number | undefined {
  const { RegisteredCount, DeregisteredCount } = row(item);
  if (RegisteredCount === undefined || isUnreadable(item, 'DeregisteredCount')) return undefined;
  return RegisteredCount + (DeregisteredCount ?? 0);
}

type StateToken = 'usable' | 'disabled' | 'expired' | 'exhausted' | 'unknown';

function stateOf(item: Item, now: Date): StateToken {
  if (row(item).Disabled === true) return 'disabled';
  const expiry = expiryOf(item);
  if (expiry !== undefined && expiry <= now.getTime()) return 'expired';
  const limit = row(item).InstanceCount;
  const used = usedOf(item);
  if (used !== undefined && limit !== undefined && used >= limit) return 'exhausted';
  const isKnown = row(item).Disabled === false && !counts.some((name) => isUnreadable(item, name));
  return expiry !== undefined && isKnown ? 'usable' : 'unknown';
}

const states: Readonly<Record<StateToken, State>> = {
  usable: { token: 'usable', label: () => l10n.t('Usable'), icon: 'key', tone: 'good' },
  disabled: { token: 'disabled', label: () => l10n.t('Disabled'), icon: 'circle-slash', tone: 'muted' },
  expired: { token: 'expired', label: () => l10n.t('Expired'), icon: 'clock', tone: 'muted' },
  exhausted: { token: 'exhausted', label: () => l10n.t('Used up'), icon: 'pass-filled', tone: 'muted' },
  unknown: { token: 'unknown', label: () => l10n.t('Validity unknown'), icon: 'question', tone: 'warning' },
};

function usageText(item: Item): string | undefined {
  const used = usedOf(item);
  const limit = row(item).InstanceCount;
  if (used === undefined) return undefined;
  return limit === undefined ? l10n.t('{0} used', used) : l10n.t('{0} of {1} used', used, limit);
}

function expiryText(item: Item, now: Date): string | undefined {
  const expiry = expiryOf(item);
  if (expiry === undefined) return undefined;
  const left = expiry - now.getTime();
  if (left <= 0) return l10n.t('expired');
  if (left < hourMs) return l10n.t('{0} min left', Math.ceil(left / 60_000));
  return left < 72 * hourMs
    ? l10n.t('{0} h left', Math.floor(left / hourMs))
    : l10n.t('{0} days left', Math.floor(left / (24 * hourMs)));
}

function rangeText(item: Item): string | undefined {
  const range = row(item).IpAddressRange;
  return range === '0.0.0.0/0' || range === '::/0' ? l10n.t('any address') : range;
}

function findings(item: Item, now: Date): readonly Finding[] {
  const { RegisteredCount, DeregisteredCount } = row(item);
  const found: Finding[] = [];
  const add = (level: Finding['level'], code: string, message: string): unknown =>
    found.push({ level, code, text: message });
  if (RegisteredCount === undefined) {
    add(
      'warning',
      'usageUnknown',
      l10n.t('The cloud does not say whether hosts are registered with it; if there are any, it will refuse.'),
    );
  } else if (RegisteredCount > 0) {
    add('refused', 'inUse', inUseText(RegisteredCount));
  } else if (DeregisteredCount !== undefined && DeregisteredCount > 0) {
    // The current page asks for "no registered instance", an older edition for "never used".
    add(
      'warning',
      'usedBefore',
      l10n.t('It was used before and its hosts were deregistered since. The cloud may still refuse.'),
    );
  }
  if (stateOf(item, now) === 'usable') {
    add(
      'warning',
      'stillUsable',
      l10n.t('It is still valid: an installation that is under way may be about to use it.'),
    );
  }
  return [...found, ...unknownFindings(item, activation.fields, decisive)];
}

function inUseText(registered: number): string {
  return registered === 1
    ? l10n.t(
        '1 host is registered with it. Deregister the host first, or disable the activation in the console instead.',
      )
    : l10n.t(
        '{0} hosts are registered with it. Deregister them first, or disable the activation in the console instead.',
        registered,
      );
}
