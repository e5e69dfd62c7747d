import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { readPages, type Cursor } from '../../core/pager';
import { droppedFrom } from '../../core/unreadable';

type Read = (params: Record<string, unknown>) => Promise<{ readonly value: unknown }>;

/** More pages than this for the ids of one call are no answer to what was asked. */
const mostPages = 20;

/**
 * The named resources, by id, in one question and as many pages as the cloud takes to answer it. An id that is
 * missing from the result is known not to exist: whatever leaves that open rejects with `CloudError`
 * (`unexpectedAnswer`).
 */
export async function readNamed(kind: Kind, ids: readonly string[], read: Read): Promise<Map<string, Item>> {
  const { list, lookup } = kind;
  const asked = new Set(ids);
  const answered = new Map<string, Item>();
  const isMissing = (): boolean => ids.some((id) => !answered.has(id));
  const page = async (cursor: Cursor) => (await read({ ...lookup.params(ids), ...cursor })).value;
  let total: number | undefined;
  let pages = 0;
  // The question itself says how many a page may hold.
  for await (const { value, next } of readPages({ ...list.pager, first: {} }, page, { count: () => answered.size })) {
    const items = list.items(value);
    for (const item of items) answered.set(kind.identify(item), item);
    // A record without a readable id can be one of those that were asked for.
    if (isMissing() && droppedFrom(items) > 0) throw incomplete(list.operation.action);
    // A gateway that ignores the filter answers with other resources. What was asked for and is not among them can
    // then be on another page: it must not look gone.
    if (isMissing() && [...answered.keys()].some((id) => !asked.has(id))) throw filterIgnored(list.operation.action);
    total = list.numbered?.total(value);
    if (!isMissing()) break;
    if (next !== undefined && ++pages === mostPages) throw incomplete(list.operation.action);
  }
  if (isMissing() && total !== undefined && total > answered.size) throw incomplete(list.operation.action);
  return new Map([...answered].filter(([id]) => asked.has(id)));
}

function filterIgnored(action: string): CloudError {
  const message = l10n.t('{0} was asked for certain resources and answered with others.', action);
  const advice = l10n.t('Check the endpoint settings of this extension: it may be the address of something else.');
  return new CloudError(message, { reason: 'unexpectedAnswer', delivery: 'answered', advice });
}

/** The cloud knows of more than it showed. */
function incomplete(action: string): CloudError {
  const message = l10n.t('The answer to {0} is not complete, so it does not tell what is gone.', action);
  return new CloudError(message, {
    reason: 'unexpectedAnswer',
    delivery: 'answered',
    advice: l10n.t('Refresh and try again.'),
  });
}
