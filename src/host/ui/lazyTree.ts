import {
  EventEmitter,
  type CancellationToken,
  type Disposable,
  type ProviderResult,
  type TreeDataProvider,
  type TreeItem,
} from 'vscode';

/**
 * Stands in for a tree that is loaded when VS Code first asks for its rows, that is when its view is first shown.
 * Rows come from the tree itself, so none can be passed in before it is there.
 */
export class LazyTree<T> implements TreeDataProvider<T>, Disposable {
  private readonly changed = new EventEmitter<T | T[] | undefined | null | void>();
  readonly onDidChangeTreeData = this.changed.event;
  private loaded: Promise<TreeDataProvider<T>> | undefined;
  private subscription: Disposable | undefined;

  constructor(private readonly load: () => Promise<TreeDataProvider<T>>) {}

  async getTreeItem(element: T): Promise<TreeItem> {
    return (await this.tree()).getTreeItem(element);
  }

  async getChildren(element?: T): Promise<T[] | null | undefined> {
    return (await this.tree()).getChildren(element);
  }

  async getParent(element: T): Promise<T | null | undefined> {
    return (await this.tree()).getParent?.(element);
  }

  async resolveTreeItem(item: TreeItem, element: T, token: CancellationToken): Promise<TreeItem> {
    const resolved: ProviderResult<TreeItem> = (await this.tree()).resolveTreeItem?.(item, element, token);
    return (await resolved) ?? item;
  }

  dispose(): void {
    this.subscription?.dispose();
    this.changed.dispose();
  }

  private tree(): Promise<TreeDataProvider<T>> {
    this.loaded ??= this.open();
    return this.loaded;
  }

  private async open(): Promise<TreeDataProvider<T>> {
    try {
      const tree = await this.load();
      this.subscription = tree.onDidChangeTreeData?.((element) => this.changed.fire(element));
      return tree;
    } catch (error) {
      // The next look tries again instead of showing the same failure for ever.
      this.loaded = undefined;
      throw error;
    }
  }
}
