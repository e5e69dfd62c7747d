import type { TreeView } from 'vscode';
import type { Node } from '../../services/resources/nodes';
import { nodeId } from '../../services/resources/nodes';
import type { Clock } from '../../util/clock';

const tries = 3;
/** How long the view may take to tell that it selected a row, in milliseconds. */
const tellMs = 700;

/**
 * Reveals a row and sees to it that it is selected: a view that reads rows again at that moment forgets what it was to
 * select.
 */
export async function revealRow(
  treeView: Pick<TreeView<unknown>, 'reveal' | 'selection' | 'onDidChangeSelection'>,
  row: Node,
  clock: Clock,
): Promise<void> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    await treeView.reveal(row, { select: true, focus: true, expand: true });
    if (await isSelected(treeView, nodeId(row), clock)) return;
  }
}

async function isSelected(
  treeView: Pick<TreeView<unknown>, 'selection' | 'onDidChangeSelection'>,
  id: string,
  clock: Clock,
): Promise<boolean> {
  // The selection is of our own rows.
  const has = (): boolean => treeView.selection.some((one) => nodeId(one as Node) === id);
  if (has()) return true;
  const over = new AbortController();
  const subscription = treeView.onDidChangeSelection(() => has() && over.abort());
  try {
    await clock.sleep(tellMs, over.signal).catch(() => undefined);
    return has();
  } finally {
    subscription.dispose();
  }
}
