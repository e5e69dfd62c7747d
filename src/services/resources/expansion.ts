import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Memory } from '../accounts/ports';
import { nodeId, type Node } from './nodes';

const key = 'view.expansion';
/** As many rows as anybody opens; those that were touched last are kept. */
const keptAtMost = 1_000;

/**
 * Which rows are open. A row that was hidden for a while, or in another session, is as it was when it comes back. What
 * was kept and is no such thing is dropped.
 */
export class Expansion implements Disposable {
  private readonly rows: Map<string, boolean>;
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {
    this.rows = readRows(memory.get(key));
  }

  note(node: Node, isOpen: boolean): void {
    const id = nodeId(node);
    if (this.rows.get(id) === isOpen) return;
    this.rows.delete(id);
    this.rows.set(id, isOpen);
    // A memory that fails costs the memory, not the row.
    void this.memory.set(key, Object.fromEntries([...this.rows].slice(-keptAtMost))).catch(() => undefined);
    this.changed.fire();
  }

  /** How a row that can be opened is drawn, where that is known better than by its type. */
  of(node: Node): 'expanded' | 'collapsed' | undefined {
    const isOpen = this.rows.get(nodeId(node));
    return isOpen === undefined ? undefined : isOpen ? 'expanded' : 'collapsed';
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function readRows(value: unknown): Map<string, boolean> {
  const rows = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(rows.filter((row): row is [string, boolean] => typeof row[1] === 'boolean').slice(-keptAtMost));
}
