import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { actionOf, removalOf, type ActionId } from '../../core/action';
import type { Kind } from '../../core/kind';
import type { KindId, Target } from '../../core/target';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import type { Gate } from '../../services/actions/gate';
import type { Inventory } from '../../services/inventory/inventory';
import type { Clock } from '../../util/clock';
import { actionCommands, type ActionCommand } from '../contract/actionCommands';
import { readArguments, type CommandArguments, type Row } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { UserError } from '../contract/errors';
import { selectedRows, targetsOf, type Selection } from '../contract/selection';
import type { ActedIn } from '../resources/actedIn';
import { pickTargets } from '../resources/pickTargets';
import { treeNode } from '../resources/rowNodes';
import type { ResourcesTree } from '../resources/tree';
import { listing } from '../ui/lists';
import { pickOne } from '../ui/steps';
import { narrowPlan } from './narrowPlan';
import type { Performer } from './perform';
import { planIdOf, type PlanDocuments } from './planDocuments';
import { mixedSelection, nameOfRow } from './rowNames';

/** What the commands of actions take. */
export interface ActionsDeps {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly gate: Gate;
  readonly performer: Performer;
  readonly planDocuments: PlanDocuments;
  readonly tree: Pick<ResourcesTree, 'model'>;
  readonly treeView: Selection;
  readonly hostsView?: Selection;
  /** Told where what is done was begun. */
  readonly actedIn: Pick<ActedIn, 'note' | 'forget'>;
}

/** One command for each action that any kind declares, and those of plans. */
export function actionsCommands(
  deps: ActionsDeps,
): CommandTable<ActionCommand | 'reviewPlan' | 'narrowPlan' | 'runPlan'> {
  const entries = Object.keys(actionCommands).map((id) => [
    id,
    (args: readonly unknown[]) => {
      deps.actedIn.note(args);
      return performAction(id, args, deps);
    },
  ]);
  return {
    // One entry for every name of the list.
    ...(Object.fromEntries(entries) as CommandTable<ActionCommand>),
    reviewPlan: (args) => reviewPlan(args, deps),
    narrowPlan: (args) => narrowPlan(shownPlan(args), deps),
    runPlan: (args) => runPlan(args, deps),
  };
}

/** Resolves what is meant and hands it to the gate. */
async function performAction(command: ActionId, args: readonly unknown[], services: ActionsDeps): Promise<void> {
  const all = services.clouds.all.flatMap(({ kinds }) => kinds.flatMap(({ actions }) => actions));
  const own = all.find(({ id, row }) => id === command || row?.command === command);
  const action = own?.id ?? command;
  const declared = [...(own === undefined ? [] : [own]), ...all.filter(({ id }) => id === action)];
  const kinds = kindsWith(services, (kind) => actionOf(kind, action) !== undefined);
  const title = declared[0]?.words.title() ?? action;
  const many = declared.every(({ ids }) => ids.onlyOne !== true);
  const meant = await targetsFor(readArguments(args), { kinds, title, many }, services);
  if (meant !== undefined) await services.performer.perform({ action, ...meant });
}

/** Makes the plan and opens it; asks nothing and runs nothing. */
async function reviewPlan(args: readonly unknown[], services: ActionsDeps): Promise<void> {
  const kinds = kindsWith(services, (kind) => removalOf(kind) !== undefined);
  const wanted = { kinds, title: l10n.t('Review a deletion plan'), many: true };
  const meant = await targetsFor(withGroups(readArguments(args), services), wanted, services);
  const plan = meant === undefined ? undefined : await services.gate.review({ action: 'remove', ...meant });
  if (plan !== undefined) await services.planDocuments.open(plan);
}

/** Groups stand for the resources in them. */
function withGroups(args: CommandArguments, { tree }: ActionsDeps): CommandArguments {
  if (args.from !== 'rows') return args;
  const meant = selectedRows(args.clicked, args.selected);
  if (meant.every((row) => row.type !== 'group')) return args;
  const selected = meant.flatMap((row): readonly Row[] => {
    const node = row.type === 'group' ? treeNode(row) : undefined;
    return node?.type === 'group' ? tree.model.targetsOf(node).map((target) => ({ type: 'resource', target })) : [row];
  });
  return { ...args, clicked: undefined, selected };
}

/** Confirms and runs the plan of the document that was clicked or is open. */
async function runPlan(args: readonly unknown[], { actedIn, gate, performer }: ActionsDeps): Promise<void> {
  actedIn.forget();
  await performer.act(await gate.runReviewed(shownPlan(args)));
}

/** The id of the plan of the document that was clicked or is open. */
function shownPlan([first]: readonly unknown[]): string {
  const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
  const id = uri === undefined ? undefined : planIdOf(uri);
  if (id === undefined) throw new UserError(l10n.t('Open a plan first. Nothing was sent.'));
  return id;
}

function kindsWith({ clouds }: ActionsDeps, wanted: (kind: Kind) => boolean): KindId[] {
  const kinds = clouds.all.flatMap((cloud) => cloud.kinds);
  return [...new Set(kinds.filter(wanted).map((kind) => kind.id))];
}

interface Wanted {
  readonly kinds: readonly KindId[];
  readonly title: string;
  /** Whether it makes sense for several at once. */
  readonly many: boolean;
}

/** What was meant, and whether it is rows of our own views. */
interface Meant {
  readonly targets: readonly Target[];
  readonly ours: boolean;
}

async function targetsFor(args: CommandArguments, wanted: Wanted, services: ActionsDeps): Promise<Meant | undefined> {
  switch (args.from) {
    case 'rows':
      return checked(args, wanted, services);
    case 'selection': {
      const selected = selection(services, args.of);
      if (selected.from !== 'rows') throw new UserError(l10n.t('Nothing is selected in the view. Nothing was sent.'));
      return checked(selected, wanted, services);
    }
    case 'palette':
      return ask(wanted, services);
    default: {
      const never: never = args;
      return never;
    }
  }
}

function selection({ treeView, hostsView }: ActionsDeps, of: 'hosts' | undefined): CommandArguments {
  return readArguments([(of === 'hosts' ? hostsView : treeView)?.selection]);
}

function checked(
  args: Extract<CommandArguments, { from: 'rows' }>,
  { kinds, many }: Wanted,
  services: ActionsDeps,
): Meant {
  const resolved = targetsOf(selectedRows(args.clicked, args.selected), kinds);
  if (!resolved.ok) throw mixedSelection(kinds, resolved.others, services);
  if (!many && resolved.targets.length > 1)
    throw new UserError(l10n.t('This can be done to one resource at a time. Nothing was sent.'));
  return { targets: resolved.targets, ours: args.ours };
}

/** From the palette: offers what is selected in the tree, if all of it fits, and else asks step by step. */
async function ask({ kinds, title, many }: Wanted, services: ActionsDeps): Promise<Meant | undefined> {
  const selected = selection(services, undefined);
  const resolved = selected.from === 'rows' ? targetsOf(selected.selected, kinds) : undefined;
  if (resolved?.ok === true && resolved.targets.length > 0 && (many || resolved.targets.length === 1)) {
    const use = await askSelection(title, resolved.targets, services);
    if (use === undefined) return undefined;
    if (use) return { targets: resolved.targets, ours: true };
  }
  const targets = await pickTargets({ title, kinds, many, forDeletion: true }, services);
  return targets === undefined ? undefined : { targets, ours: true };
}

async function askSelection(
  title: string,
  targets: readonly Target[],
  services: ActionsDeps,
): Promise<boolean | undefined> {
  const names = targets.map((target) => nameOfRow({ type: 'resource', target }, services));
  const answer = await pickOne<boolean>({
    title,
    placeholder: l10n.t('Which resources?'),
    empty: '',
    load: () =>
      Promise.resolve([
        {
          label: l10n.t('Selected in the Resources view ({0})', targets.length),
          detail: listing(names, 3),
          icon: 'list-selection',
          value: true,
        },
        { label: l10n.t('Choose others…'), icon: 'search', value: false },
      ]),
  });
  return answer === 'back' || answer === 'cancel' ? undefined : answer.value;
}
