import * as l10n from '@vscode/l10n';
import { facet, tagFacet } from '../../../core/facet';
import type { Item } from '../../../core/item';
import type { Kind } from '../../../core/kind';
import { present, tagsOf } from '../../fields';
import { pagedList } from '../api/paging';
import { searchActivations } from '../instance/search';
import { deleteAction } from './delete';
import { disableAction } from './disable';
import { activationFields } from './fields';
import { describeActivations } from './operations';
import { activationState, expiryOf, hourMs, recordOf, usedOf } from './state';

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
  identify: (item) => recordOf(item).ActivationId,
  name: (item) => recordOf(item).InstanceName || recordOf(item).ActivationId,
  state: activationState,
  summary: (item, now) => present(usageText(item), expiryText(item, now), rangeText(item)),
  facets: [
    tagFacet(tagsOf),
    facet('activation', (item) => recordOf(item).ActivationId),
    facet('resourceGroup', (item) => recordOf(item).ResourceGroupId),
  ],
  texts: () => [],
  fields: activationFields,
  registers: { kind: 'managedInstance', filter: (activationId) => ({ activationId }) },
  actions: [disableAction, deleteAction],
};

function usageText(item: Item): string | undefined {
  const used = usedOf(item);
  const limit = recordOf(item).InstanceCount;
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
  const range = recordOf(item).IpAddressRange;
  return range === '0.0.0.0/0' || range === '::/0' ? l10n.t('any address') : range;
}
