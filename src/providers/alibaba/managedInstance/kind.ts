import * as l10n from '@vscode/l10n';
import { facet, tagFacet } from '../../../core/facet';
import type { Finding, Item, Kind, ListFilter, State } from '../../../core/kind';
import { viewOf } from '../../../core/tolerant';
import { unknownFindings, unreadableParts, type Decisive } from '../../unknown';
import { field, present, tagsField, tagsOf, timeOf } from '../../fields';
import { answeredFor } from '../api/answeredFor';
import { deregisterManagedInstance, describeManagedInstances, listedHost } from './operations';
import { pagedList } from '../api/paging';
import { hostRecipe } from '../activation/recipe';
import { searchManagedInstances } from '../instance/search';

const row = viewOf(listedHost);

/** A host outside ECS that Cloud Assistant manages. */
export const managedInstance: Kind = {
  id: 'managedInstance',
  icon: 'vm',
  one: () => l10n.t('managed instance'),
  many: () => l10n.t('Managed Instances'),
  list: pagedList(describeManagedInstances, {
    size: 50,
    items: ({ Instances }) => Instances,
    filter: filterParams,
  }),
  lookup: { idsPerCall: 50, params: (ids) => ({ InstanceId: [...ids], MaxResults: 50 }) },
  search: searchManagedInstances,
  identify: (item) => row(item).InstanceId,
  name: (item) => row(item).InstanceName || row(item).Hostname || row(item).InstanceId,
  state: (item) => states[stateOf(item)],
  summary: (item) => {
    const { IntranetIp, InternetIp, OsType, AgentVersion } = row(item);
    const agent = AgentVersion ? l10n.t('agent {0}', AgentVersion) : undefined;
    return present(IntranetIp || InternetIp, OsType, agent);
  },
  facets: [
    facet('os', (item) => row(item).OsType?.toLowerCase()),
    tagFacet(tagsOf),
    facet('activation', (item) => row(item).ActivationId),
    facet('resourceGroup', (item) => row(item).ResourceGroupId),
    facet('agentVersion', (item) => row(item).AgentVersion),
  ],
  texts: (item) => {
    const { Hostname, IntranetIp, InternetIp } = row(item);
    return present(Hostname, IntranetIp, InternetIp);
  },
  fingerprint: (item) => {
    const { InstanceName, MachineId, RegistrationTime, ActivationId } = row(item);
    const Connected = stateOf(item);
    return { InstanceName, MachineId, RegistrationTime, ActivationId, Connected, ...unreadableParts(item, reviewed) };
  },
  fields: [
    field('InstanceName', 'text', () => l10n.t('Name'), 'identity'),
    field('InstanceId', 'text', () => l10n.t('Instance ID'), 'identity'),
    field('Connected', 'flag', () => l10n.t('Connected'), 'state'),
    field('Hostname', 'text', () => l10n.t('Host name'), 'identity'),
    field('IntranetIp', 'text', () => l10n.t('Private IP'), 'network'),
    field('InternetIp', 'text', () => l10n.t('Public IP'), 'network'),
    field('OsType', 'text', () => l10n.t('Operating system type'), 'identity'),
    field('OsVersion', 'text', () => l10n.t('Operating system version'), 'identity'),
    field('AgentVersion', 'text', () => l10n.t('Cloud Assistant Agent version'), 'identity'),
    field('RegistrationTime', 'time', () => l10n.t('Registered at'), 'times'),
    field('LastInvokedTime', 'time', () => l10n.t('Last task at'), 'times'),
    field('InvocationCount', 'count', () => l10n.t('Tasks run'), 'state'),
    field('ActivationId', 'text', () => l10n.t('Activation ID'), 'identity'),
    field('MachineId', 'text', () => l10n.t('Machine ID'), 'identity'),
    field('ResourceGroupId', 'text', () => l10n.t('Resource group'), 'identity'),
    tagsField(() => l10n.t('Tags')),
  ],
  destroy: {
    verb: 'deregister',
    command: 'deregisterManagedInstance',
    operation: deregisterManagedInstance,
    idsPerCall: 1,
    params: (ids) => ({ InstanceId: ids[0] }),
    goneCodes: ['InvalidInstance.NotFound'],
    allOrNothing: false,
    settlesLater: false,
    findings,
    leftBehind,
    options: () => [],
    outcomes: answeredFor('Instance', 'InstanceId'),
    recipe: hostRecipe,
    words: {
      button: () => l10n.t('Deregister'),
      question: (count, name) =>
        count === 1
          ? l10n.t('Deregister the managed instance "{0}"?', name)
          : l10n.t('Deregister {0} managed instances?', count),
      task: (count) =>
        count === 1 ? l10n.t('Deregister 1 managed instance') : l10n.t('Deregister {0} managed instances', count),
      consequence: (count) =>
        count === 1
          ? l10n.t(
              'Cloud Assistant can then no longer send commands or files to this host. It cannot be undone from here.',
            )
          : l10n.t(
              'Cloud Assistant can then no longer send commands or files to these hosts. It cannot be undone from here.',
            ),
      doing: () => l10n.t('Deregistering'),
      done: () => l10n.t('Deregistered'),
    },
  },
};

function filterParams(filter: ListFilter): Record<string, unknown> {
  return {
    ActivationId: filter.activationId,
    // The page spells this one with capitals, all others in lower case.
    OsType: filter.osType === 'freebsd' ? 'FreeBSD' : filter.osType,
    ResourceGroupId: filter.resourceGroupId,
    Connected: filter.connected === undefined ? undefined : String(filter.connected),
    Tag: filter.tag === undefined ? undefined : [{ Key: filter.tag.key, Value: filter.tag.value }],
  };
}

const reviewed = ['InstanceName', 'MachineId', 'RegistrationTime', 'ActivationId', 'Connected'];

/** `Connected` has words of its own where it is not known; times may be missing or empty. */
const decisive: Decisive = { readable: ['ActivationId', 'LastInvokedTime', 'RegistrationTime'] };

type StateToken = 'connected' | 'disconnected' | 'unknown';

/** A missing `Connected` is "unknown": it says nothing about how long a host has been away. */
function stateOf(item: Item): StateToken {
  const connected = row(item).Connected;
  return connected === undefined ? 'unknown' : connected ? 'connected' : 'disconnected';
}

const states: Readonly<Record<StateToken, State>> = {
  connected: { token: 'connected', label: () => l10n.t('Connected'), icon: 'vm-active', tone: 'good' },
  disconnected: { token: 'disconnected', label: () => l10n.t('Disconnected'), icon: 'vm-outline', tone: 'muted' },
  unknown: { token: 'unknown', label: () => l10n.t('Connection unknown'), icon: 'question', tone: 'warning' },
};

const hourMs = 3_600_000;

function findings(item: Item, now: Date): readonly Finding[] {
  const { LastInvokedTime, RegistrationTime } = row(item);
  const found: Finding[] = [];
  const warn = (code: string, message: string): unknown => found.push({ level: 'warning', code, text: message });
  if (stateOf(item) === 'connected') {
    warn('connected', l10n.t('It is connected: Cloud Assistant reaches this host right now.'));
  }
  if (stateOf(item) === 'unknown') {
    warn('stateUnknown', l10n.t('The cloud does not say whether this host is connected.'));
  }
  if (isWithin(LastInvokedTime, 24 * hourMs, now)) {
    warn('recentlyUsed', l10n.t('Cloud Assistant ran a task on it less than a day ago ({0}).', LastInvokedTime ?? ''));
  }
  if (isWithin(RegistrationTime, 24 * hourMs, now)) {
    warn('recentlyRegistered', l10n.t('It was registered less than a day ago ({0}).', RegistrationTime ?? ''));
  }
  return [...found, ...unknownFindings(item, managedInstance.fields, decisive)];
}

/** Whether a known time lies less than `ms` before `now`; an unknown time never does, nor does it count as long ago. */
function isWithin(iso: string | undefined, ms: number, now: Date): boolean {
  const time = timeOf(iso);
  return time !== undefined && now.getTime() - time < ms;
}

function leftBehind(item: Item): readonly string[] {
  const { ActivationId } = row(item);
  return [
    l10n.t('The Cloud Assistant Agent stays installed on the host.'),
    ActivationId
      ? l10n.t(
          'To come back, the host must be registered again: it then gets a new instance ID and uses up one more registration of its activation (it came with {0}).',
          ActivationId,
        )
      : l10n.t(
          'To come back, the host must be registered again: it then gets a new instance ID and uses up one more registration of an activation.',
        ),
  ];
}
