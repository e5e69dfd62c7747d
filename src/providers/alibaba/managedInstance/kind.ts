import * as l10n from '@vscode/l10n';
import { facet, tagFacet } from '../../../core/facet';
import type { Item } from '../../../core/item';
import type { Kind, ListFilter } from '../../../core/kind';
import { present, tagsOf } from '../../fields';
import { pagedList } from '../api/paging';
import { searchManagedInstances } from '../instance/search';
import { deregisterAction } from './deregister';
import { hostFields } from './fields';
import { describeManagedInstances } from './operations';
import { renameAction } from './rename';
import { runAction } from './run';
import { hostState, recordOf } from './state';

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
  identify: (item) => recordOf(item).InstanceId,
  name: (item) => recordOf(item).InstanceName || recordOf(item).Hostname || recordOf(item).InstanceId,
  state: hostState,
  summary: (item) => {
    const { OsType, AgentVersion } = recordOf(item);
    const agent = AgentVersion ? l10n.t('agent {0}', AgentVersion) : undefined;
    return present(addresses(item)[0], OsType, agent);
  },
  facets: [
    facet('os', (item) => recordOf(item).OsType?.toLowerCase()),
    tagFacet(tagsOf),
    facet('activation', (item) => recordOf(item).ActivationId),
    facet('resourceGroup', (item) => recordOf(item).ResourceGroupId),
    facet('agentVersion', (item) => recordOf(item).AgentVersion),
  ],
  hostName: (item) => recordOf(item).Hostname,
  addresses,
  texts: (item) => present(recordOf(item).Hostname, ...addresses(item)),
  fields: hostFields,
  actions: [runAction, renameAction, deregisterAction],
};

function addresses(item: Item): readonly string[] {
  const { IntranetIp, InternetIp } = recordOf(item);
  return present(IntranetIp, InternetIp);
}

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
