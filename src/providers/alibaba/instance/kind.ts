import * as l10n from '@vscode/l10n';
import { facet, tagFacet } from '../../../core/facet';
import type { Item } from '../../../core/item';
import type { Kind } from '../../../core/kind';
import { present, tagsOf } from '../../fields';
import { billingText } from '../../subscription';
import { pagedList } from '../api/paging';
import { ecsFields } from './fields';
import { describeInstances } from './operations';
import { protectionAction } from './protection';
import { lockReasons, recordOf, subscription } from './record';
import { releaseAction } from './release';
import { renameAction } from './rename';
import { restartAction } from './restart';
import { runAction } from './run';
import { searchInstances } from './search';
import { startAction } from './start';
import { ecsState, knownStatus } from './state';
import { stopAction } from './stop';

/** A virtual machine of Alibaba Cloud. */
export const ecsInstance: Kind = {
  id: 'instance',
  icon: 'server',
  one: () => l10n.t('ECS instance'),
  many: () => l10n.t('ECS Instances'),
  list: pagedList(describeInstances, {
    size: 100,
    items: ({ Instances }) => Instances,
    // Not by resource group: the page excludes the default group, so "none" would not be to be believed.
    filter: ({ tag, status }) => ({
      Status: knownStatus(status),
      Tag: tag === undefined ? undefined : [{ Key: tag.key, Value: tag.value }],
    }),
  }),
  // An empty list of ids would be a filter that nothing passes, which is what asking for nobody should answer.
  lookup: { idsPerCall: 100, params: (ids) => ({ InstanceIds: JSON.stringify(ids), MaxResults: 100 }) },
  search: searchInstances,
  identify: (item) => recordOf(item).InstanceId,
  name: (item) => recordOf(item).InstanceName || recordOf(item).InstanceId,
  state: ecsState,
  summary: (item, now) =>
    present(
      addresses(item)[0],
      recordOf(item).InstanceType,
      billingText(subscription(item, now), recordOf(item)),
      recordOf(item).DeletionProtection === true ? l10n.t('protected') : undefined,
      ...lockReasons(item).map(lockText),
    ),
  facets: [
    facet('os', (item) => recordOf(item).OSType?.toLowerCase()),
    tagFacet(tagsOf),
    facet('resourceGroup', (item) => recordOf(item).ResourceGroupId),
  ],
  hostName: (item) => recordOf(item).HostName,
  addresses,
  texts: (item) => present(recordOf(item).HostName, ...addresses(item)),
  fields: ecsFields,
  actions: [runAction, startAction, stopAction, restartAction, protectionAction, renameAction, releaseAction],
};

/** Those of the private network first: of a VPC, or of the classic network. */
function addresses(item: Item): readonly string[] {
  const { VpcAttributes, InnerIpAddress, EipAddress, PublicIpAddress } = recordOf(item);
  return present(
    ...(VpcAttributes?.PrivateIpAddress ?? []),
    ...InnerIpAddress,
    EipAddress?.IpAddress,
    ...PublicIpAddress,
  );
}

function lockText(reason: string): string {
  switch (reason) {
    case 'security':
      return l10n.t('locked for security');
    case 'financial':
      return l10n.t('locked for overdue payment');
    default:
      return l10n.t('locked ({0})', reason);
  }
}
