import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Exchange } from '../../core/exchange';
import type { Responses } from '../../services/exchanges/exchangeLog';
import { readAnew, rereadIn } from '../../services/exchanges/reread';
import type { Inventory } from '../../services/inventory/inventory';
import { formatTime } from '../../util/format';
import type { Row } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { schemes } from '../contract/contributions';
import { UserError } from '../contract/errors';
import { clickedOf, type Selection } from '../contract/selection';
import { showProgress } from '../ui/progress';
import { pickOne } from '../ui/steps';
import type { ResponseDocuments } from './responseDocuments';

export interface RowExchanges {
  readonly responses: Pick<Responses, 'get'>;
  /** The answer that a row of either tree was read from, by its id; undefined where none is known. */
  readonly exchangeIdOf: (row: Row) => string | undefined;
}

/** What is over sooner needs no progress: the answer follows at once. */
const patienceMs = 500;

export interface ExchangesDeps extends RowExchanges {
  readonly inventory: Inventory;
  readonly responses: Responses;
  readonly responseDocuments: ResponseDocuments;
  readonly treeView: Selection;
  readonly hostsView?: Selection;
  /** The user's language, as VS Code names it. */
  readonly language: string;
}

export function exchangesCommands(deps: ExchangesDeps): CommandTable<'openResponse' | 'readAgain'> {
  return { openResponse: (args) => openResponse(args, deps), readAgain: (args) => readAgain(args, deps) };
}

/** Asks the cloud again for what the answer of an earlier session was about, and opens the new one in its place. */
async function readAgain([first]: readonly unknown[], deps: ExchangesDeps): Promise<void> {
  const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
  const again = uri?.scheme === schemes.response ? rereadIn(uri.query) : undefined;
  if (uri === undefined || again === undefined)
    throw new UserError(l10n.t('What this response was about cannot be read again.'));
  const exchange = await showProgress(l10n.t('Reading again'), () => readAnew(again, deps), { afterMs: patienceMs });
  if (exchange === undefined) throw new UserError(l10n.t('What this response was about cannot be read again.'));
  await deps.responseDocuments.open(exchange, { preview: false, record: again.id });
  await closeTabs(uri);
}

async function closeTabs(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const old = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
  await vscode.window.tabGroups.close(old);
}

/** Opens the answer a row was read from, or one of this session's answers. */
async function openResponse(args: readonly unknown[], deps: ExchangesDeps): Promise<void> {
  const row = clickedOf(args, deps);
  const exchange = row === undefined ? await askForResponse(deps) : exchangeOfRow(row, deps);
  const shown = { preview: row !== undefined, record: row && recordOf(row) };
  if (exchange !== undefined) await deps.responseDocuments.open(exchange, shown);
}

/** The id of the record that a row shows; undefined for a row that shows no single one. */
function recordOf(row: Row): string | undefined {
  if (row.type === 'resource') return row.target.id;
  if (row.type === 'runTarget') return row.id;
  return row.type === 'response' ? row.record : undefined;
}

/** The kept answer that a row was read from. Throws `UserError` when there is none. */
export function exchangeOfRow(row: Row, { responses, exchangeIdOf }: RowExchanges): Exchange {
  const id = exchangeIdOf(row);
  const exchange = id === undefined ? undefined : responses.get(id);
  if (exchange === undefined)
    throw new UserError(l10n.t('The answer is no longer kept. Refresh to ask the cloud again.'));
  return exchange;
}

async function askForResponse({ responses, language }: ExchangesDeps): Promise<Exchange | undefined> {
  const answer = await pickOne<Exchange>({
    title: l10n.t('Open a response'),
    placeholder: l10n.t('Newest first'),
    empty: l10n.t('Nothing was called in this session yet.'),
    load: () => Promise.resolve(responses.list().map((exchange) => responseChoice(exchange, language))),
  });
  return answer === 'back' || answer === 'cancel' ? undefined : answer.value;
}

function responseChoice(exchange: Exchange, language: string) {
  const { action, subject, region, accountName, status, error, time, requestId } = exchange;
  const facts = [accountName, region, status, error?.code].filter((fact) => fact !== undefined);
  return {
    label: [action, subject].filter((part) => part !== undefined).join(' '),
    description: facts.join(' · '),
    detail: [formatTime(time, language), requestId].filter((part) => part !== undefined).join(' · '),
    icon: error === undefined ? 'json' : 'error',
    value: exchange,
  };
}
