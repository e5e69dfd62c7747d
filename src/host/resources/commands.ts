import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ProviderId } from '../../core/account';
import type { Exchange } from '../../core/exchange';
import type { Kind } from '../../core/kind';
import { placeOf, type Target } from '../../core/target';
import { parseGrouping } from '../../services/resources/grouping';
import type { GroupNode, Node } from '../../services/resources/nodes';
import { formatTime } from '../../util/format';
import { readArguments, type Row } from '../contract/arguments';
import { UserError } from '../ui/errorText';
import { copyPolicyStatement } from '../ui/copyPolicy';
import type { HostServices } from '../services';
import { pickTargets } from '../actions/pickTargets';
import { pickOne } from '../ui/steps';
import { rowsMeant } from '../contract/selection';

/** Opens the details of one resource. */
export async function showDetails(args: readonly unknown[], services: HostServices): Promise<void> {
  const [target] = resourcesOf(rowsOf(args, services)) ?? (await askForOne(services)) ?? [];
  if (target !== undefined) services.showDetails(target);
}

/** Opens the answer a row was read from, or one of this session's answers. */
export async function openResponse(args: readonly unknown[], services: HostServices): Promise<void> {
  const [row] = rowsOf(args, services);
  const exchange = row === undefined ? await askForResponse(services) : exchangeOfRow(row, services);
  if (exchange !== undefined) await services.responseDocuments.open(exchange, { preview: row !== undefined });
}

/** Asks the clouds again for the rows, or for everything. */
export async function refresh(args: readonly unknown[], services: HostServices): Promise<void> {
  const rows = rowsOf(args, services);
  if (rows.length === 0) return services.tree.refresh();
  await Promise.all(rows.map((row) => services.tree.refresh(treeNode(row))));
}

export async function loadMore(args: readonly unknown[], services: HostServices): Promise<void> {
  for (const row of rowsOf(args, services)) {
    if (row.type === 'older') services.operations.loadMore(row);
    else await services.tree.loadMore(treeNode(row));
  }
}

export async function loadAll(args: readonly unknown[], services: HostServices): Promise<void> {
  for (const row of rowsOf(args, services)) await services.tree.loadAll(treeNode(row));
}

/** Stops reading the lists of the rows, or all that are being read. */
export function stopLoading(args: readonly unknown[], services: HostServices): Promise<void> {
  const rows = rowsOf(args, services).map((row) => treeNode(row));
  const meant = rows.flatMap((row) => (row?.type === 'kind' || row?.type === 'more' ? [row] : []));
  if (meant.length > 0) for (const row of meant) services.tree.model.stop(row);
  else for (const { place, kind } of services.inventory.lists()) services.tree.model.stop({ place, kind });
  return Promise.resolve();
}

/** Shows what was registered with a resource, and nothing else. */
export async function showRegistered(args: readonly unknown[], services: HostServices): Promise<void> {
  const targets = rowsOf(args, services).flatMap((row) => (row.type === 'resource' ? [row.target] : []));
  const target = targets.find(({ provider, kind }) => services.clouds.kind(provider, kind)?.registers !== undefined);
  if (target !== undefined) await showRegisteredWith(target, services);
}

/** The same for a target that a refusal names. */
export async function showRegisteredWith(
  target: Target,
  { clouds, tree, treeView, view }: Pick<HostServices, 'clouds' | 'tree' | 'treeView' | 'view'>,
): Promise<void> {
  const registers = clouds.kind(target.provider, target.kind)?.registers;
  if (registers === undefined) return;
  const list = await tree.model.locateList({ place: placeOf(target), kind: registers.kind });
  if (list === undefined) throw new UserError(hiddenText(clouds.kind(target.provider, registers.kind)));
  await view.setFilter(registers.filter(target.id));
  await treeView.reveal(list, { select: true, focus: true, expand: true });
}

function hiddenText(kind: Kind | undefined): string {
  return l10n.t('Not shown in this region: {0}. Show the region and the kind first.', kind?.many() ?? '');
}

export async function copyId(args: readonly unknown[], services: HostServices): Promise<void> {
  const ids = rowsOf(args, services).flatMap((row) =>
    row.type === 'resource' ? row.target.id : row.type === 'runTarget' ? row.id : [],
  );
  await copy(ids);
}

export async function copyName(args: readonly unknown[], services: HostServices): Promise<void> {
  await copy(rowsOf(args, services).flatMap((row) => plainName(row, services) ?? []));
}

/** The policy statement that grants what a refused call lacked. */
export async function copyPolicy(args: readonly unknown[], services: HostServices): Promise<void> {
  const [row] = rowsOf(args, services);
  const refused = row?.type === 'message' ? refusedList(row, services) : row && refusedCall(row, services);
  if (refused?.permission === undefined) throw new UserError(l10n.t('No permission is known to be missing here.'));
  const { provider, permission } = refused;
  await copyPolicyStatement((id, name) => services.clouds.provider(id).policyFor(name), { provider, permission });
}

interface Refused {
  readonly provider: ProviderId;
  readonly permission: string | undefined;
}

function refusedList({ parent }: Extract<Row, { type: 'message' }>, services: HostServices): Refused | undefined {
  const accountId = parent?.type === 'account' ? parent.accountId : parent?.place.accountId;
  const account = accountId === undefined ? undefined : services.accounts.get(accountId);
  if (parent === undefined || account === undefined) return undefined;
  return { provider: account.provider, permission: services.tree.model.failure(parent)?.permission };
}

function refusedCall(row: Row, services: HostServices): Refused {
  const { provider, error } = exchangeOfRow(row, services);
  return { provider, permission: error?.permission };
}

/** Puts lines on the clipboard and says so in the status bar. */
export async function copy(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) throw new UserError(l10n.t('There is nothing to copy here.'));
  await vscode.env.clipboard.writeText(lines.join('\n'));
  vscode.window.setStatusBarMessage(l10n.t('Copied.'), 3_000);
}

function plainName(row: Row, { clouds, inventory, operations }: HostServices): string | undefined {
  if (row.type === 'runTarget') return operations.model.target(row)?.name;
  if (row.type !== 'resource') return undefined;
  const { target } = row;
  const item = inventory.item(target, target.kind, target.id);
  return item === undefined ? target.id : clouds.kind(target.provider, target.kind)?.name(item);
}

/** The rows meant, none from the palette. */
export function rowsOf(args: readonly unknown[], { treeView }: Pick<HostServices, 'treeView'>): readonly Row[] {
  const read = readArguments(args);
  if (read.from === 'palette') return [];
  if (read.from === 'rows') return rowsMeant(read.clicked, read.selected);
  const selected = readArguments([treeView.selection]);
  return selected.from === 'rows' ? selected.selected : [];
}

function resourcesOf(rows: readonly Row[]): readonly Target[] | undefined {
  if (rows.length === 0) return undefined;
  const targets = rows.flatMap((row) => (row.type === 'resource' ? [row.target] : []));
  if (targets.length === 0) throw new UserError(l10n.t('This row is no resource.'));
  return targets;
}

function askForOne(services: HostServices): Promise<readonly Target[] | undefined> {
  const kinds = [...new Set(services.clouds.all.flatMap((cloud) => cloud.kinds.map((kind) => kind.id)))];
  return pickTargets({ title: l10n.t('Show details'), kinds, many: false, forDeletion: false }, services);
}

function exchangeOfRow(row: Row, { tree, operations, responses }: HostServices): Exchange {
  const id =
    row.type === 'response'
      ? row.exchangeId
      : row.type === 'runTarget'
        ? operations.exchangeOf(row)
        : row.type === 'run' || row.type === 'older'
          ? undefined
          : exchangeOfNode(row, tree);
  const exchange = id === undefined ? undefined : responses.get(id);
  if (exchange === undefined)
    throw new UserError(l10n.t('The answer is no longer kept. Refresh to ask the cloud again.'));
  return exchange;
}

function exchangeOfNode(row: Row, tree: HostServices['tree']): string | undefined {
  const node = row.type === 'message' ? { ...row, parent: row.parent, about: 'failed' as const } : treeNode(row);
  return node === undefined ? undefined : tree.exchangeOf(node);
}

async function askForResponse({ responses, language }: HostServices): Promise<Exchange | undefined> {
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

/** What the tree is to read again for a row. */
function treeNode(row: Row): Node | undefined {
  switch (row.type) {
    case 'message':
      return row.parent;
    case 'response':
    case 'run':
    case 'runTarget':
    case 'older':
      throw new UserError(l10n.t('This row is not read from a cloud.'));
    case 'group':
      return groupNode(row);
    case 'more':
      return { ...row, group: row.group === undefined ? undefined : groupNode(row.group) };
    case 'account':
    case 'region':
    case 'kind':
    case 'resource':
      return row;
    default: {
      const never: never = row;
      return never;
    }
  }
}

/** What was checked as text, as the grouping it names. */
function groupNode(row: Extract<Row, { type: 'group' }>): GroupNode {
  return { ...row, by: parseGrouping(row.by) ?? 'state' };
}
