import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { describeFilter, type ValueName } from '../../services/inventory/filter';
import { describeGrouping } from '../../services/resources/grouping';
import type { RowView } from '../../services/resources/viewState';
import { formatCount } from '../../util/format';
import { DisposableStore, type Disposable } from '../../util/lifecycle';
import { oneLine } from '../../util/plainText';
import { contextKeys } from '../contract/contributions';

interface ViewWords {
  readonly nameOf: ValueName;
  readonly language: string;
}

/** Says beside the title of a view how many rows are selected, what its rows are narrowed to and grouped by. */
export function showView(
  view: RowView,
  treeView: Pick<vscode.TreeView<unknown>, 'description' | 'selection' | 'onDidChangeSelection'>,
  { nameOf, language }: ViewWords,
): Disposable {
  const store = new DisposableStore();
  const show = (): void => {
    const { filter, grouping } = view;
    const selected = treeView.selection.length;
    const words = [
      ...(selected < 2 ? [] : [l10n.t('{0} selected', formatCount(selected, language))]),
      ...(filter === undefined ? [] : [oneLine(describeFilter(filter, nameOf))]),
      ...(grouping === undefined ? [] : [oneLine(describeGrouping(grouping))]),
    ];
    treeView.description = words.join(' · ');
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, filter !== undefined);
    void vscode.commands.executeCommand('setContext', contextKeys.emptyHidden, view.hidesEmpty);
  };
  show();
  store.add(view.onDidChange(show));
  store.add(treeView.onDidChangeSelection(show));
  return store;
}
