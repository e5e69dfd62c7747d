import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FleetModel } from '../../services/fleet/fleetModel';
import type { FleetNode } from '../../services/fleet/nodes';
import { tallyWords } from '../../services/resources/tally';
import { formatCount } from '../../util/format';
import { DisposableStore, type Disposable } from '../../util/lifecycle';
import { contextKeys } from '../contract/contributions';

/** Says beside the title how many hosts are selected, shown and known; and for menus whether a filter is on. */
export function showFleet(
  fleet: FleetModel,
  view: Pick<vscode.TreeView<unknown>, 'description' | 'selection' | 'onDidChangeSelection'>,
  language: string,
): Disposable {
  const store = new DisposableStore();
  const show = (): void => {
    // Every row of the view is one of our nodes.
    const selected = (view.selection as readonly FleetNode[]).filter(({ type }) => type === 'resource').length;
    view.description = [
      ...(selected < 2 ? [] : [l10n.t('{0} selected', formatCount(selected, language))]),
      ...countWords(fleet, language),
    ].join(' · ');
    const { filter, only } = fleet.view;
    setContext(contextKeys.hostsFiltered, filter !== undefined || only !== undefined);
    setContext(contextKeys.hostsReading, fleet.reader.progress !== undefined);
  };
  show();
  store.add(fleet.onDidChange((nodes) => (nodes === undefined ? show() : undefined)));
  store.add(view.onDidChangeSelection(show));
  return store;
}

/** "1,312, 41 disconnected"; with a filter "41 of 1,312". */
function countWords(fleet: FleetModel, language: string): string[] {
  const { shown, of } = fleet.tally();
  if (of === 0) return [];
  if (shown.count === of) return [tallyWords(shown, language)];
  const more = shown.isAll ? '' : '+';
  const count = (n: number): string => `${formatCount(n, language)}${more}`;
  return [l10n.t('{0} of {1}', count(shown.count), count(of))];
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
