import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Target } from '../../core/target';
import { find } from '../../services/inventory/search';
import { FindResults } from './findResults';
import type { HostServices } from '../services';
import { answered, enterText, frame, type Answer, type PickItem } from '../ui/steps';
import { oneLine } from '../../util/plainText';

/** Finds a resource by id, name or address wherever it is, and shows it in the tree or, failing that, in its details. */
export async function findResource(services: HostServices): Promise<void> {
  for (;;) {
    const asked = await enterText({
      title: l10n.t('Find'),
      prompt: l10n.t('ID, address or part of a name, in all accounts, regions and kinds'),
      validate: (text) => (text.trim().length < 2 ? l10n.t('At least two characters.') : undefined),
    });
    if (asked === 'cancel' || asked === 'back') return;
    const found = await pickHit(asked.value.trim(), services);
    if (found === 'cancel') return;
    if (found !== 'back') return showHit(found.value, services);
  }
}

/** Shows hits as they come; whoever closes the box stops the search. */
function pickHit(text: string, services: HostServices): Promise<Answer<Target>> {
  const box = vscode.window.createQuickPick<PickItem<Target>>();
  const step = { title: l10n.t('Find “{0}”', oneLine(text, 60)), back: true };
  frame(box, step);
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  // Hits come in while the person already looks through the list.
  box.keepScrollPosition = true;
  box.busy = true;
  const abort = new AbortController();
  const results = new FindResults(box, text, services, abort.signal);
  const answer = answered<Target>(box, step, (finish) => {
    const [item] = box.selectedItems;
    if (item?.choice !== undefined) finish({ value: item.choice.value });
    else if (item?.retry === true) results.tellMisses();
  });
  const searched = find(text, results, services, abort.signal).then(() => results.end());
  // A place that fails is a line of the list; when the search itself breaks, the command fails.
  return Promise.race([answer, searched.then(() => answer)]).finally(() => {
    abort.abort();
    box.dispose();
  });
}

async function showHit(target: Target, { tree, treeView, showDetails }: HostServices): Promise<void> {
  const row = await tree.model.locate(target);
  if (row === undefined) return showDetails(target);
  await treeView.reveal(row, { select: true, focus: true, expand: true });
}
