import * as l10n from '@vscode/l10n';
import { facet, tagFacet } from '../../../core/facet';
import type { Item } from '../../../core/item';
import type { Kind, KindSearch, ListFilter, ListSource } from '../../../core/kind';
import { tokenPager } from '../../../core/pager';
import { viewOf } from '../../../core/tolerant';
import { addressVersion } from '../../../util/ipAddress';
import { present, tagsOf } from '../../fields';
import { billingText } from '../../subscription';
import { deleteAction } from './delete';
import { ecsFields } from './fields';
import { describeInstances, isInstanceStatus, maxPerCall } from './operations';
import { protectionAction } from './protection';
import { filled, privateIp, publicIp, recordOf, subscription, type EcsRecord } from './record';
import { renameAction } from './rename';
import { restartAction } from './restart';
import { runAction } from './run';
import { startAction } from './start';
import { ecsState } from './state';
import { stopAction } from './stop';

/** ECS instances of one region of Volcengine. */
export const ecsInstance: Kind = {
  id: 'instance',
  icon: 'server',
  one: () => l10n.t('ECS instance'),
  many: () => l10n.t('ECS Instances'),
  list: listSource(),
  // The page size must be said: it is 10 otherwise, and the rest of the ids would seem to be gone.
  lookup: { idsPerCall: maxPerCall, params: (ids) => ({ InstanceIds: [...ids], MaxResults: maxPerCall }) },
  search,
  identify: (item) => recordOf(item).InstanceId,
  name: (item) => filled(recordOf(item).InstanceName) ?? recordOf(item).InstanceId,
  state: (item) => ecsState(recordOf(item)),
  summary: (item, now) => summary(recordOf(item), now),
  facets: [
    facet('os', (item) => recordOf(item).OsType?.toLowerCase()),
    tagFacet(tagsOf),
    // A project is this cloud's resource group.
    facet('resourceGroup', (item) => recordOf(item).ProjectName),
  ],
  hostName: (item) => hostName(recordOf(item)),
  addresses: (item) => addresses(recordOf(item)),
  texts: (item) => present(hostName(recordOf(item)), ...addresses(recordOf(item))),
  fields: ecsFields,
  actions: [runAction, startAction, stopAction, restartAction, protectionAction, renameAction, deleteAction],
};

const answerOf = viewOf(describeInstances.response);

/** By token only; the API has no page numbers, and what `TotalCount` counts beside a token is not documented. */
function listSource(): ListSource {
  return {
    operation: describeInstances,
    pager: tokenPager(maxPerCall, (value) => answerOf(value).NextToken),
    filter,
    narrowedAtMost: 1_000,
    items: (value): readonly Item[] => answerOf(value).Instances,
  };
}

/** Names are compared by any part, ids and addresses as a whole. */
function search(text: string): KindSearch {
  if (/^i-[a-z0-9]{8,}$/i.test(text)) return { calls: [{ InstanceIds: [text] }], findsAll: true };
  if (/[*?]/.test(text)) return { calls: [], findsAll: false };
  switch (addressVersion(text)) {
    case 4:
      return { calls: [{ PrimaryIpAddress: text }, { EipAddresses: [text] }], findsAll: true };
    case 6:
      return { calls: [{ Ipv6Addresses: [text] }], findsAll: true };
    case undefined:
      return { calls: [{ InstanceName: text }], findsAll: true };
  }
}

function filter({ tag, status }: ListFilter): Record<string, unknown> {
  const upper = status?.toUpperCase() ?? '';
  return {
    ...(tag === undefined
      ? {}
      : { TagFilters: [{ Key: tag.key, ...(tag.value === undefined ? {} : { Values: [tag.value] }) }] }),
    ...(isInstanceStatus(upper) ? { Status: upper } : {}),
  };
}

function hostName(record: EcsRecord): string | undefined {
  return filled(record.Hostname) ?? filled(record.HostName);
}

function addresses(record: EcsRecord): readonly string[] {
  return present(privateIp(record), record.EipAddress?.IpAddress);
}

function summary(record: EcsRecord, now: Date): readonly string[] {
  return present(
    privateIp(record),
    publicIp(record)?.address,
    record.InstanceTypeId,
    record.OsName,
    billingText(subscription(record, now), record),
    record.DeletionProtection === true ? l10n.t('protected') : undefined,
  );
}
