import type * as vscode from 'vscode';
import type { Memory } from '../../services/accounts/ports';

/** VS Code's state, of a workspace or of everywhere. */
export function memoryOf(state: vscode.Memento): Memory {
  return {
    get: (key) => state.get<unknown>(key),
    set: (key, value) => Promise.resolve(state.update(key, value)),
  };
}
