import * as vscode from 'vscode';
import { describeFilter, type ValueName } from '../../services/inventory/filter';
import { describeGrouping } from '../../services/resources/grouping';
import type { RowView } from '../../services/resources/viewState';
import type { Disposable } from '../../util/lifecycle';
import { oneLine } from '../../util/plainText';
import { contextKeys } from '../contract/contributions';

/** Says beside the title of a view what its rows are narrowed to and grouped by. */
export function showView(
  view: RowView,
  treeView: Pick<vscode.TreeView<unknown>, 'description'>,
  nameOf: ValueName,
): Disposable {
  const show = (): void => {
    const { filter, grouping } = view;
    const words = [
      ...(filter === undefined ? [] : [oneLine(describeFilter(filter, nameOf))]),
      ...(grouping === undefined ? [] : [oneLine(describeGrouping(grouping))]),
    ];
    treeView.description = words.join(' · ');
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, filter !== undefined);
  };
  show();
  return view.onDidChange(show);
}
