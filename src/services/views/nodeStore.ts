/** The one object for each row: VS Code tells rows apart by identity. */
export class NodeStore<N> {
  private readonly nodes = new Map<string, N>();

  /** `idOf` gives two nodes of different types different ids. */
  constructor(private readonly idOf: (node: N) => string) {}

  /** The node that is known by this id, or this one from now on. */
  keep<T extends N>(node: T): T {
    const id = this.idOf(node);
    // A node with the same id has the same type: the id begins with it.
    const known = this.nodes.get(id) as T | undefined;
    if (known !== undefined) return known;
    this.nodes.set(id, node);
    return node;
  }

  all(): Iterable<N> {
    return this.nodes.values();
  }

  /** Lets go of the nodes of rows that are not shown any more. */
  drop(isGone: (node: N) => boolean): void {
    for (const [id, node] of this.nodes) if (isGone(node)) this.nodes.delete(id);
  }
}
