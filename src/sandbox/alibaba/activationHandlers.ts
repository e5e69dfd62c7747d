import {
  deleteActivation,
  describeActivations,
  disableActivation,
} from '../../providers/alibaba/activation/operations';
import type { Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { Refusal } from '../refusal';
import type { AlibabaRegion } from './region';
import { checkTags, fits, hasTags, hybridRegionOf } from './region';

export const activationHandlers: readonly Handler<AlibabaRegion>[] = [
  handle(describeActivations, (params, context) => {
    const { ActivationId, InstanceName = '', ResourceGroupId, Tag } = params;
    checkTags(Tag);
    const ids = ActivationId === undefined ? undefined : [ActivationId];
    const entries = hybridRegionOf(context).tables.activation.select(
      ids,
      (activation) =>
        activation.InstanceName.startsWith(InstanceName) &&
        fits(ResourceGroupId, activation.ResourceGroupId) &&
        hasTags(activation.Tags, Tag),
    );
    const { items, ...paging } = pageOf(entries, params, { badToken: 'InvalidParameter.NextToken', largest: 50 });
    return { ActivationList: items, ...paging };
  }),
  handle(disableActivation, ({ ActivationId }, context) => {
    const activation = hybridRegionOf(context).tables.activation.get(ActivationId);
    if (activation === undefined) throw new Refusal('ActivationId.NotFound');
    activation.Disabled = true;
    const { ResourceGroupId: _group, Tags: _tags, ...record } = activation;
    return { Activation: record };
  }),
  handle(deleteActivation, ({ ActivationId }, context) => {
    const activations = hybridRegionOf(context).tables.activation;
    const activation = activations.get(ActivationId);
    if (activation === undefined) throw new Refusal('ActivationId.NotFound');
    if (activation.RegisteredCount > 0) throw new Refusal('ActivationId.InUse');
    activations.remove(ActivationId);
    const { Disabled: _disabled, ResourceGroupId: _group, Tags: _tags, ...record } = activation;
    return { Activation: record };
  }),
];
