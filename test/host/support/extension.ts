import { join, sep } from 'node:path';
import * as vscode from 'vscode';

export const extensionId = 'cloud-assistant-explorer.cloud-assistant-explorer';

/** The extension under test. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  if (found === undefined) throw new Error(`"${extensionId}" is not installed.`);
  return found;
}

/** A file of the extension, by its path inside. */
export function fileOf(...path: readonly string[]): string {
  return join(extension().extensionPath, ...path);
}

/** The files of our bundles that this extension host has loaded so far, by their names inside `dist`. */
export function loadedBundles(): string[] {
  const dist = fileOf('dist') + sep;
  return Object.keys(require.cache).flatMap((path) => (path.startsWith(dist) ? [path.slice(dist.length)] : []));
}
