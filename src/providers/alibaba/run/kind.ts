import { runKind } from '../../runs/kind';
import { pagedList } from '../api/paging';
import { describeInvocations } from '../commands/operations';
import { cloudRun, commandSupport, invocationOf } from '../commands/support';
import { runFields } from './fields';
import { stopAction } from './stop';

/** Runs of a region of the last weeks, of managed and ECS instances. */
export const runs = runKind({
  list: pagedList(describeInvocations, {
    size: 50,
    items: ({ Invocations }) => Invocations,
    // Not by state: the filter takes the older words, under which a success and a failure are both "Finished".
    filter: ({ tag, resourceGroupId }) => ({
      ResourceGroupId: resourceGroupId,
      Tag: tag === undefined ? undefined : [{ Key: tag.key, Value: tag.value }],
    }),
  }),
  lookup: { idsPerCall: 1, params: (ids) => ({ InvokeId: ids[0], MaxResults: 10 }) },
  runOf: (item) => cloudRun(invocationOf(item)),
  support: commandSupport,
  hostKind: (id) => (id.startsWith('mi-') ? 'managedInstance' : 'instance'),
  id: /^t-[a-z0-9]{6,}$/i,
  byId: (InvokeId) => ({ InvokeId }),
  fields: runFields,
  actions: [stopAction],
});
