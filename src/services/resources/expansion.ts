import { nodeId, type Node } from './nodes';

/** Which rows are open. A row that was hidden for a while is open again when it comes back. */
export class Expansion {
  private readonly open = new Set<string>();
  private readonly shut = new Set<string>();

  note(node: Node, isOpen: boolean): void {
    const id = nodeId(node);
    (isOpen ? this.open : this.shut).add(id);
    (isOpen ? this.shut : this.open).delete(id);
  }

  /** How a row that can be opened is drawn, where that is known better than by its type. */
  of(node: Node): 'expanded' | 'collapsed' | undefined {
    const id = nodeId(node);
    if (this.open.has(id)) return 'expanded';
    return this.shut.has(id) ? 'collapsed' : undefined;
  }
}
