export type ActedView = 'resources' | 'hosts';

/** In which view a person began what is done: it has the focus again afterwards, and no other one takes it. */
export class ActedIn {
  private readonly views = new WeakMap<object, ActedView>();
  private view: ActedView | undefined;

  /** Rows of a view: they are told apart by identity. */
  drew(view: ActedView, rows: readonly object[]): void {
    for (const row of rows) this.views.set(row, view);
  }

  /** Told of the arguments of a command that acts on rows; without any it was called from the palette. */
  note([clicked]: readonly unknown[]): void {
    if (clicked === undefined || clicked === null || clicked === 'selection') this.view = 'resources';
    else if (clicked === 'selection:hosts') this.view = 'hosts';
    else this.view = typeof clicked === 'object' ? this.views.get(clicked) : undefined;
  }

  /** Something else was begun, in no view of rows. */
  forget(): void {
    this.view = undefined;
  }

  is(view: ActedView): boolean {
    return this.view === view;
  }
}
