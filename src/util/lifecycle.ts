export interface Disposable {
  dispose(): void;
}

/** Owns disposables. Adding to a disposed store disposes at once, so nothing leaks in a race. */
export class DisposableStore implements Disposable {
  private readonly items = new Set<Disposable>();
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.add(item);
    return item;
  }

  dispose(): void {
    this.disposed = true;
    const items = [...this.items].reverse();
    this.items.clear();
    for (const item of items) item.dispose();
  }
}

export type Listener<T> = (event: T) => void;
export type Event<T> = (listener: Listener<T>) => Disposable;

/** An event source without VS Code; `Event` has the shape VS Code's own events have. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<Listener<T>>();

  readonly event: Event<T> = (listener) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  /** Calls every listener; one that throws stops neither the others nor whoever fires. */
  fire(event: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(event);
      } catch (error) {
        throwLater(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** Lets a failure come out where the program reports what nobody caught, without breaking what goes on here. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
