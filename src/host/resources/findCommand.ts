import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Target } from '../../core/target';
import type { Accounts } from '../../services/accounts/ports';
import type { FleetModel } from '../../services/fleet/fleetModel';
import type { Inventory } from '../../services/inventory/inventory';
import { find, type FindOptions } from '../../services/inventory/search';
import type { Clock } from '../../util/clock';
import { oneLine } from '../../util/plainText';
import { views } from '../contract/contributions';
import { answered, enterText, frame, type Answer } from '../ui/steps';
import { FindResults, type FindLine, type FindWords } from './findResults';
import { showTarget, type ShowTargetDeps } from './showTarget';

export interface FindDeps extends FindOptions, FindWords, ShowTargetDeps {
  readonly inventory: Inventory;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly fleet: Pick<FleetModel, 'showOnly' | 'shown'>;
  readonly hostsView: Pick<vscode.TreeView<unknown>, 'reveal'>;
}

/**
 * Finds resources by id, name or address wherever they are. One is shown in the tree or, failing that, in its details;
 * several in the flat list, where they can be marked together.
 */
export async function findResource(deps: FindDeps): Promise<void> {
  for (;;) {
    const asked = await enterText({
      title: l10n.t('Find'),
      prompt: l10n.t('ID, address or part of a name, in all accounts, regions and kinds'),
      validate: (text) => (text.trim().length < 2 ? l10n.t('At least two characters.') : undefined),
    });
    if (asked === 'cancel' || asked === 'back') return;
    const text = asked.value.trim();
    const found = await pickHits(text, deps);
    if (found === 'cancel') return;
    if (found !== 'back') return show(text, found.value, deps);
  }
}

async function show(text: string, targets: readonly Target[], deps: FindDeps): Promise<void> {
  const [first, ...others] = targets;
  if (first === undefined) return;
  if (others.length === 0) return showTarget(first, deps);
  const { fleet, hostsView } = deps;
  await vscode.commands.executeCommand(`${views.hosts}.focus`);
  await fleet.showOnly(`“${oneLine(text, 60)}”`, targets);
  const [row] = fleet.shown();
  // The box that was closed gives the keys back to whatever had them before.
  if (row !== undefined) await hostsView.reveal(row.node, { focus: true, select: false });
}

/** Shows hits as they come; whoever closes the box stops the search. */
function pickHits(text: string, deps: FindDeps): Promise<Answer<readonly Target[]>> {
  const box = vscode.window.createQuickPick<FindLine>();
  const step = { title: l10n.t('Find “{0}”', oneLine(text, 60)), back: true };
  frame(box, step);
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  // Hits come in while the person already looks through the list.
  box.keepScrollPosition = true;
  box.busy = true;
  const abort = new AbortController();
  const results = new FindResults(box, text, deps, abort.signal);
  const answer = answered<readonly Target[]>(box, step, (finish) => accept(box, results, finish));
  box.buttons = [...box.buttons, tickButton()];
  box.onDidTriggerButton((button) => {
    if (button !== vscode.QuickInputButtons.Back) results.tick(!box.canSelectMany);
  });
  const searched = find(text, results, deps, abort.signal).then(() => results.end());
  // A place that fails is a line of the list; when the search itself breaks, the command fails.
  return Promise.race([answer, searched.then(() => answer)]).finally(() => {
    abort.abort();
    box.dispose();
  });
}

function tickButton(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('checklist'), tooltip: l10n.t('Choose Several') };
}

function accept(
  box: vscode.QuickPick<FindLine>,
  results: FindResults,
  finish: (answer: Answer<readonly Target[]>) => void,
): void {
  const chosen = box.selectedItems.flatMap(({ choice }) => (choice === undefined ? [] : [choice.value]));
  const does = box.selectedItems[0]?.does;
  if (chosen.length > 0) finish({ value: chosen });
  else if (does === 'showAll') finish({ value: results.all });
  else if (does === 'tellMisses') results.tellMisses();
  else if (does === 'readRest') void results.readRest();
}
