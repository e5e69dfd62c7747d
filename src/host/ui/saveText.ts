import * as vscode from 'vscode';
import { encodeLossless } from '../../platform/losslessText';

export interface SaveText {
  readonly title: string;
  /** Offered as the file's name. */
  readonly name: string;
  /** Endings by the name of their format. */
  readonly filters: Readonly<Record<string, string[]>>;
  /** What is written to a file with this path. */
  readonly text: (path: string) => string;
}

/** Saves text where the person wants it; undefined when the person turned away. */
export async function saveText({ title, name, filters, text }: SaveText): Promise<vscode.Uri | undefined> {
  const uri = await vscode.window.showSaveDialog({ defaultUri: folderOf(name), filters: { ...filters }, title });
  if (uri === undefined) return undefined;
  await vscode.workspace.fs.writeFile(uri, encodeLossless(text(uri.path)));
  return uri;
}

function folderOf(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name);
}
