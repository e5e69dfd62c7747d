import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DestroyAction } from '../../core/kind';
import type { KindId, Target } from '../../core/target';
import { readArguments, type CommandArguments } from '../contract/arguments';
import { UserError } from '../contract/errors';
import type { HostServices } from '../services';
import { pickTargets } from '../resources/pickTargets';
import { planIdOf } from './planDocuments';
import { pickOne } from '../ui/steps';
import { mixedSelection, nameOfRow } from './rowNames';
import { selectedRows, targetsOf } from '../contract/selection';
import { listing } from '../ui/lists';

/** Deregister, delete or release: resolves what is meant and hands it to the gate. */
export async function destroy(
  command: DestroyAction['command'],
  args: readonly unknown[],
  services: HostServices,
): Promise<void> {
  const kinds = kindsWith(services, (action) => action.command === command);
  const targets = await targetsFor(readArguments(args), { kinds, title: titleOf(command) }, services);
  if (targets !== undefined) await services.gate.destroy(targets);
}

/** Makes the plan and opens it; asks nothing and runs nothing. */
export async function reviewPlan(args: readonly unknown[], services: HostServices): Promise<void> {
  const kinds = kindsWith(services, () => true);
  const targets = await targetsFor(readArguments(args), { kinds, title: l10n.t('Review a deletion plan') }, services);
  const plan = targets === undefined ? undefined : await services.gate.propose(targets);
  if (plan !== undefined) await services.planDocuments.open(plan);
}

/** Confirms and runs the plan of the document that was clicked or is open. */
export async function runPlan([first]: readonly unknown[], { gate }: HostServices): Promise<void> {
  const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
  const id = uri === undefined ? undefined : planIdOf(uri);
  if (id === undefined) throw new UserError(l10n.t('Open a deletion plan first. Nothing was sent.'));
  await gate.runReviewed(id);
}

function kindsWith({ clouds }: HostServices, wanted: (action: DestroyAction) => boolean): KindId[] {
  const kinds = clouds.all.flatMap((cloud) => cloud.kinds);
  return [
    ...new Set(kinds.filter((kind) => kind.destroy !== undefined && wanted(kind.destroy)).map((kind) => kind.id)),
  ];
}

interface Wanted {
  readonly kinds: readonly KindId[];
  readonly title: string;
}

async function targetsFor(
  args: CommandArguments,
  wanted: Wanted,
  services: HostServices,
): Promise<readonly Target[] | undefined> {
  switch (args.from) {
    case 'rows':
      return checked(args, wanted, services);
    case 'selection': {
      const selected = selection(services);
      if (selected.from !== 'rows')
        throw new UserError(l10n.t('Nothing is selected in the Resources view. Nothing was sent.'));
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

function selection({ treeView }: HostServices): CommandArguments {
  return readArguments([treeView.selection]);
}

function checked(
  args: Extract<CommandArguments, { from: 'rows' }>,
  { kinds }: Wanted,
  services: HostServices,
): readonly Target[] {
  const resolved = targetsOf(selectedRows(args.clicked, args.selected), kinds);
  if (!resolved.ok) throw mixedSelection(kinds, resolved.others, services);
  return resolved.targets;
}

/** From the palette: offers what is selected in the tree, if all of it fits, and else asks step by step. */
async function ask({ kinds, title }: Wanted, services: HostServices): Promise<readonly Target[] | undefined> {
  const selected = selection(services);
  const resolved = selected.from === 'rows' ? targetsOf(selected.selected, kinds) : undefined;
  if (resolved?.ok === true && resolved.targets.length > 0) {
    const use = await askSelection(title, resolved.targets, services);
    if (use === undefined) return undefined;
    if (use) return resolved.targets;
  }
  return pickTargets({ title, kinds, many: true, forDeletion: true }, services);
}

async function askSelection(
  title: string,
  targets: readonly Target[],
  services: HostServices,
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

function titleOf(command: DestroyAction['command']): string {
  switch (command) {
    case 'deregisterManagedInstance':
      return l10n.t('Deregister managed instances');
    case 'deleteActivation':
      return l10n.t('Delete activations');
    case 'deleteInstances':
      return l10n.t('Release instances');
    default: {
      const never: never = command;
      return never;
    }
  }
}
