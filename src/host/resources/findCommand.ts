import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Target } from '../../core/target';
import type { Accounts } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import { find, type FindOptions } from '../../services/inventory/search';
import type { Clock } from '../../util/clock';
import { oneLine } from '../../util/plainText';
import { answered, enterText, frame, type Answer, type PickItem } from '../ui/steps';
import { FindResults, type FindWords } from './findResults';
import { showTarget, type ShowTargetDeps } from './showTarget';

export interface FindDeps extends FindOptions, FindWords, ShowTargetDeps {
  readonly inventory: Inventory;
  readonly accounts: Accounts;
  readonly clock: Clock;
}

/** Finds a resource by id, name or address wherever it is, and shows it in the tree or, failing that, in its details. */
export async function findResource(deps: FindDeps): Promise<void> {
  for (;;) {
    const asked = await enterText({
      title: l10n.t('Find'),
      prompt: l10n.t('ID, address or part of a name, in all accounts, regions and kinds'),
      validate: (text) => (text.trim().length < 2 ? l10n.t('At least two characters.') : undefined),
    });
    if (asked === 'cancel' || asked === 'back') return;
    const found = await pickHit(asked.value.trim(), deps);
    if (found === 'cancel') return;
    if (found !== 'back') return showTarget(found.value, deps);
  }
}

/** Shows hits as they come; whoever closes the box stops the search. */
function pickHit(text: string, deps: FindDeps): Promise<Answer<Target>> {
  const box = vscode.window.createQuickPick<PickItem<Target>>();
  const step = { title: l10n.t('Find “{0}”', oneLine(text, 60)), back: true };
  frame(box, step);
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  // Hits come in while the person already looks through the list.
  box.keepScrollPosition = true;
  box.busy = true;
  const abort = new AbortController();
  const results = new FindResults(box, text, deps, abort.signal);
  const answer = answered<Target>(box, step, (finish) => {
    const [item] = box.selectedItems;
    if (item?.choice !== undefined) finish({ value: item.choice.value });
    else if (item?.retry === true) results.tellMisses();
  });
  const searched = find(text, results, deps, abort.signal).then(() => results.end());
  // A place that fails is a line of the list; when the search itself breaks, the command fails.
  return Promise.race([answer, searched.then(() => answer)]).finally(() => {
    abort.abort();
    box.dispose();
  });
}
