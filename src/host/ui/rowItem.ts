import { TreeItem, type TreeItemCollapsibleState } from 'vscode';
import { visibleText } from '../../util/visible';
import { abilities, abilityOf } from '../contract/contributions';
import { iconOf } from './icons';

/** What both trees draw of a row. */
interface DrawnRow {
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon?: string | undefined;
  readonly tone?: Parameters<typeof iconOf>[1];
  readonly spoken?: string | undefined;
  readonly words: readonly string[];
  readonly abilities: readonly (keyof typeof abilities)[];
  readonly actions?: readonly string[] | undefined;
}

/** A row as VS Code draws it; texts of a cloud show exactly, on one line. */
export function rowItem(row: DrawnRow, state: TreeItemCollapsibleState): TreeItem {
  const item = new TreeItem(visibleText(row.label), state);
  if (row.description !== undefined) item.description = visibleText(row.description);
  if (row.icon !== undefined) item.iconPath = iconOf(row.icon, row.tone);
  const can = [...row.abilities.map((ability) => abilities[ability]), ...(row.actions ?? []).map(abilityOf)];
  item.contextValue = [...row.words, ...can].join('+');
  if (row.spoken !== undefined) item.accessibilityInformation = { label: visibleText(row.spoken) };
  return item;
}
