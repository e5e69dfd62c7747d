import * as l10n from '@vscode/l10n';
import { numberedPager } from '../../../core/commands';
import { facet, tagFacet } from '../../../core/facet';
import type { Kind, KindSearch, ListSource } from '../../../core/kind';
import { withParams } from '../../../core/pager';
import { viewOf } from '../../../core/tolerant';
import { addressVersion } from '../../../util/ipAddress';
import { present, tagsOf } from '../../fields';
import { commandState, parametersText, systemFor, withoutContent } from '../../savedCommand';
import { commandActions } from './actions';
import { commandFields } from './fields';
import { recordOf, scriptOf } from './record';
import { describeCommands } from './savedOperations';
import { commandSaving } from './saving';

/** What both lists are asked for: the content in an encoding that loses nothing. */
const encoded = { ContentEncoding: 'Base64' };
const fromVendor = { ...encoded, Provider: 'Volcengine' };

const pageSize = 100;
const answerOf = viewOf(describeCommands.response);

const shared = {
  identify: (item) => recordOf(item).CommandId,
  name: (item) => recordOf(item).Name || recordOf(item).CommandId,
  state: (item) => commandState(scriptOf(item)),
  facets: [
    facet('os', (item) => systemFor(scriptOf(item))),
    tagFacet(tagsOf),
    // A project is this cloud's resource group.
    facet('resourceGroup', (item) => recordOf(item).ProjectName),
  ],
  texts: (item) => present(recordOf(item).Description),
  fields: commandFields,
  recorded: withoutContent,
  script: scriptOf,
  summary: (item) => present(recordOf(item).Description, parametersText(scriptOf(item))),
} satisfies Partial<Kind>;

/** Commands that the account has saved in a region. */
export const command: Kind = {
  ...shared,
  id: 'command',
  icon: 'terminal',
  one: () => l10n.t('command'),
  many: () => l10n.t('Commands'),
  list: listOf(encoded),
  lookup: { idsPerCall: 1, params: ([CommandId]) => ({ ...encoded, CommandId, PageSize: pageSize }) },
  search: (text) => searchFor(text, encoded),
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
  lookup: { idsPerCall: 1, params: ([CommandId]) => ({ ...fromVendor, CommandId, PageSize: pageSize }) },
  // The same in all regions, so not looked through for every search.
  search: (text) => (isCommandId(text) ? searchFor(text, fromVendor) : { calls: [], findsAll: true }),
  beside: 'shared',
  actions: [],
};

function listOf(params: Readonly<Record<string, string>>): ListSource {
  const total = (value: unknown): number | undefined => answerOf(value).TotalCount;
  return {
    operation: describeCommands,
    pager: withParams(numberedPager(pageSize, total), params),
    numbered: {
      size: pageSize,
      page: (PageNumber) => ({ ...params, PageNumber, PageSize: pageSize }),
      total,
    },
    filter: ({ resourceGroupId }) => ({ ProjectName: resourceGroupId }),
    items: (value) => answerOf(value).Commands,
  };
}

/** Names are found by any part. */
function searchFor(text: string, params: Readonly<Record<string, string>>): KindSearch {
  if (isCommandId(text)) return { calls: [{ ...params, CommandId: text }], findsAll: true };
  if (/^i-[\w-]+$/.test(text) || addressVersion(text) !== undefined) return { calls: [], findsAll: true };
  return /[*?]/.test(text) ? { calls: [], findsAll: false } : { calls: [{ ...params, Name: text }], findsAll: true };
}

function isCommandId(text: string): boolean {
  return /^cmd-[a-z0-9]{4,}$/i.test(text);
}
