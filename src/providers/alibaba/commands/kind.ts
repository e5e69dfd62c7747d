import * as l10n from '@vscode/l10n';
import { facet, tagFacet } from '../../../core/facet';
import type { Kind, KindSearch, ListSource } from '../../../core/kind';
import { withParams } from '../../../core/pager';
import { addressVersion } from '../../../util/ipAddress';
import { present, tagsOf } from '../../fields';
import { commandState, parametersText, systemFor, withoutContent } from '../../savedCommand';
import { pagedList } from '../api/paging';
import { commandActions } from './actions';
import { commandFields } from './fields';
import { recordOf, scriptOf } from './record';
import { describeCommands } from './savedOperations';
import { commandSaving } from './saving';

/** What both lists are asked for: the content in an encoding that loses nothing. */
const encoded = { ContentEncoding: 'Base64' };
const fromVendor = { ...encoded, Provider: 'AlibabaCloud' };

const shared = {
  identify: (item) => recordOf(item).CommandId,
  name: (item) => recordOf(item).Name || recordOf(item).CommandId,
  state: (item) => commandState(scriptOf(item)),
  facets: [
    facet('os', (item) => systemFor(scriptOf(item))),
    tagFacet(tagsOf),
    facet('resourceGroup', (item) => recordOf(item).ResourceGroupId),
  ],
  texts: (item) => present(recordOf(item).Description, recordOf(item).Category),
  fields: commandFields,
  recorded: withoutContent,
  script: scriptOf,
} satisfies Partial<Kind>;

/** Commands that the account has saved in a region. */
export const command: Kind = {
  ...shared,
  id: 'command',
  icon: 'terminal',
  one: () => l10n.t('command'),
  many: () => l10n.t('Commands'),
  list: listOf(encoded),
  lookup: { idsPerCall: 1, params: ([CommandId]) => ({ ...encoded, CommandId, MaxResults: 50 }) },
  search: (text) => searchById(text, encoded, false),
  summary: (item) => present(recordOf(item).Description, parametersText(scriptOf(item))),
  beside: 'own',
  saving: commandSaving,
  actions: [commandActions.rename, commandActions.describe, commandActions.remove],
};

/** Commands that the cloud offers to everybody. */
export const publicCommand: Kind = {
  ...shared,
  id: 'publicCommand',
  icon: 'library',
  one: () => l10n.t('public command'),
  many: () => l10n.t('Public Commands'),
  list: listOf(fromVendor),
  lookup: { idsPerCall: 1, params: ([CommandId]) => ({ ...fromVendor, CommandId, MaxResults: 50 }) },
  search: (text) => searchById(text, fromVendor, true),
  summary: (item) => present(recordOf(item).Description, parametersText(scriptOf(item)), recordOf(item).Provider),
  beside: 'shared',
  actions: [],
};

function listOf(params: Readonly<Record<string, string>>): ListSource {
  const list = pagedList(describeCommands, {
    size: 50,
    items: ({ Commands }) => Commands,
    filter: ({ resourceGroupId, tag }) => ({
      ResourceGroupId: resourceGroupId,
      Tag: tag === undefined ? undefined : [{ Key: tag.key, Value: tag.value }],
    }),
  });
  const { numbered } = list;
  return {
    ...list,
    pager: withParams(list.pager, params),
    ...(numbered && { numbered: { ...numbered, page: (number) => ({ ...params, ...numbered.page(number) }) } }),
  };
}

/**
 * Names are found in the list: the API's own search knows beginnings only. What everybody has is the same in all
 * regions and is not read through for every search.
 */
function searchById(text: string, params: Readonly<Record<string, string>>, isShared: boolean): KindSearch {
  if (/^(c|cmd)-[\w.-]{4,}$/i.test(text)) return { calls: [{ ...params, CommandId: text }], findsAll: true };
  return { calls: [], findsAll: isShared || /^(i|mi)-[\w-]+$/.test(text) || addressVersion(text) !== undefined };
}
