import { numberedPager } from '../../../core/commands';
import type { ListSource } from '../../../core/kind';
import { viewOf } from '../../../core/tolerant';
import { runKind } from '../../runs/kind';
import { describeInvocations } from '../commands/operations';
import { cloudRun, commandSupport, invocationOf } from '../commands/support';
import { runFields } from './fields';
import { stopAction } from './stop';

const answerOf = viewOf(describeInvocations.response);

/** Runs of a region. */
export const runs = runKind({
  list: listSource(),
  lookup: { idsPerCall: 1, params: (ids) => ({ InvocationId: ids[0], PageSize: 10 }) },
  runOf: (item) => cloudRun(invocationOf(item)),
  support: commandSupport,
  hostKind: () => 'instance',
  id: /^ivk-[a-z0-9]{6,}$/i,
  byId: (InvocationId) => ({ InvocationId }),
  fields: runFields,
  actions: [stopAction],
});

/** Numbered pages; there are no tokens in this part of the API. */
function listSource(): ListSource {
  const size = 50;
  const total = (value: unknown): number | undefined => answerOf(value).TotalCount;
  return {
    operation: describeInvocations,
    pager: numberedPager(size, total),
    numbered: { size, page: (number) => ({ PageNumber: number, PageSize: size }), total },
    // Nothing is left to the cloud: which of its filters are exact no page says.
    filter: () => ({}),
    items: (value) => answerOf(value).Invocations,
  };
}
