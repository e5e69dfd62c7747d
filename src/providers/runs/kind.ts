import * as l10n from '@vscode/l10n';
import type { Action } from '../../core/action';
import type { CloudRun, CommandSupport } from '../../core/commands';
import { tagFacet } from '../../core/facet';
import type { Item } from '../../core/item';
import type { Field, Kind, KindSearch, ListSource, Lookup } from '../../core/kind';
import type { KindId } from '../../core/target';
import { formatShortTime } from '../../util/format';
import { present, tagsOf, timeOf } from '../fields';
import { hostRecords, isOurName } from '../followedRun';
import { languageName } from '../runCommand';
import { storedText, withoutContent } from '../savedCommand';
import { runFacets } from './facets';
import { runState } from './state';

/** What a cloud says of its records of runs. */
export interface RunRecords {
  readonly list: ListSource;
  readonly lookup: Lookup;
  readonly support: CommandSupport;
  readonly runOf: (item: Item) => CloudRun;
  /** Which kind a host with this id is of. */
  readonly hostKind: (id: string) => KindId;
  /** What an id looks like, and how the list is asked for one. */
  readonly id: RegExp;
  readonly byId: (id: string) => Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
  readonly actions: readonly Action[];
}

/** How many runs are read before anybody asks for more. */
const firstRows = 100;

/** The cloud's own records of runs, whoever started them. */
export function runKind(records: RunRecords): Kind {
  const { list, lookup, support, runOf, hostKind, id, byId, fields, actions } = records;
  return {
    id: 'run',
    icon: 'history',
    one: () => l10n.t('run'),
    many: () => l10n.t('Runs'),
    list: { ...list, firstRows },
    lookup,
    search: (text): KindSearch =>
      id.test(text) ? { calls: [byId(text)], findsAll: true } : { calls: [], findsAll: false },
    identify: (item) => runOf(item).id,
    name: (item) => nameOf(runOf(item)),
    state: (item) => runState(runOf(item)),
    summary: (item, now) => summaryOf(runOf(item), now),
    facets: [tagFacet(tagsOf), ...runFacets(runOf)],
    texts: (item) => {
      const { name, commandId, hostIds = [] } = runOf(item);
      return present(name, commandId, ...hostIds);
    },
    fields,
    time: (item) => timeOf(runOf(item).createdAt),
    beside: 'own',
    isHistory: true,
    recorded: withoutContent,
    results: { records: hostRecords(support), kindOf: hostKind, script: (item) => scriptWords(runOf(item)) },
    actions,
  };
}

/** Runs of ours are named by a mark, which tells nobody anything. */
function nameOf({ id, name, description, commandId }: CloudRun): string {
  const [shown = id] = present(isOurName(name) ? description : '', name, commandId);
  return shown;
}

function summaryOf({ hostCount, schedule, createdAt }: CloudRun, now: Date): string[] {
  const time = timeOf(createdAt);
  return present(
    hostCount === undefined || hostCount === 0 ? undefined : instances(hostCount),
    schedule,
    time === undefined ? createdAt : formatShortTime(new Date(time), now, l10n.t('en')),
  );
}

export function instances(count: number): string {
  return count === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', count);
}

/** "disk.sh, Shell, 12 lines" */
function scriptWords(run: CloudRun): string {
  const count = scriptLines(run.content)?.length ?? 0;
  const size = count === 0 ? [] : [count === 1 ? l10n.t('1 line') : l10n.t('{0} lines', count)];
  return present(nameOf(run), run.language && languageName(run.language), ...size).join(', ');
}

/** A script as lines, from the Base64 that clouds keep it in; what is no Base64 stays as it is. */
export function scriptLines(content: string | undefined): string[] | undefined {
  if (content === undefined || content === '') return undefined;
  return storedText(content)
    .text.replace(/\r?\n$/, '')
    .split(/\r?\n/);
}
