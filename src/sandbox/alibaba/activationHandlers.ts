import { deleteActivation, describeActivations } from '../../providers/alibaba/activation/operations';
import { checkTags, fits, hasTags, hybridRegionOf } from './region';
import type { Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import { Refusal } from '../refusal';
import { entriesOf } from '../select';

export const activationHandlers: readonly Handler[] = [
  handle(describeActivations, (params, context) => {
    const { activations } = hybridRegionOf(context);
    const { ActivationId, InstanceName = '', ResourceGroupId, Tag } = params;
    checkTags(Tag);
    const ids = ActivationId === undefined ? undefined : [ActivationId];
    const entries = entriesOf(
      activations,
      ids,
      (activation) =>
        activation.InstanceName.startsWith(InstanceName) &&
        fits(ResourceGroupId, activation.ResourceGroupId) &&
        hasTags(activation.Tags, Tag),
    );
    const { items, ...paging } = pageOf(entries, params, { badToken: 'InvalidParameter.NextToken', largest: 50 });
    return { ActivationList: items, ...paging };
  }),
  handle(deleteActivation, ({ ActivationId }, context) => {
    const { activations } = hybridRegionOf(context);
    const activation = activations.get(ActivationId);
    if (activation === undefined) throw new Refusal('ActivationId.NotFound');
    if (activation.RegisteredCount > 0) throw new Refusal('ActivationId.InUse');
    activations.remove(ActivationId);
    const { Disabled: _disabled, ResourceGroupId: _group, Tags: _tags, ...record } = activation;
    return { Activation: record };
  }),
];
