import type { Clock } from '../../util/clock';
import { Emitter, type Disposable } from '../../util/lifecycle';

/**
 * VS Code draws the first of several changes at once and the others when none came for 200 ms: pages that follow each
 * other would hold back what they bring until the last of them. At this pace each redraw counts as a first one.
 */
const redrawEveryMs = 250;

/** Gathers changes that follow each other quickly, so that each redraw happens at once. */
export class RedrawPace<N> implements Disposable {
  private readonly drawn = new Emitter<readonly N[] | undefined>();
  /** The nodes to be drawn again; undefined for all. */
  readonly onDidRedraw = this.drawn.event;
  private readonly ended = new AbortController();
  private waiting: Set<N> | 'all' | undefined;
  private lastAt = -Infinity;

  constructor(private readonly clock: Clock) {}

  redraw(nodes: readonly N[] | undefined): void {
    const isGathering = this.waiting !== undefined;
    this.gather(nodes);
    const waitMs = this.lastAt + redrawEveryMs - this.clock.now().getTime();
    if (waitMs <= 0) return this.draw();
    // Whoever ends the view ends the wait; nobody is left to tell.
    if (!isGathering) void this.clock.sleep(waitMs, this.ended.signal).then(() => this.draw(), ignored);
  }

  dispose(): void {
    this.ended.abort();
    this.drawn.dispose();
  }

  private gather(nodes: readonly N[] | undefined): void {
    if (nodes === undefined || this.waiting === 'all') this.waiting = 'all';
    else this.waiting = new Set([...(this.waiting ?? []), ...nodes]);
  }

  private draw(): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    this.waiting = undefined;
    this.lastAt = this.clock.now().getTime();
    this.drawn.fire(waiting === 'all' ? undefined : [...waiting]);
  }
}

function ignored(): void {
  // Nothing to do: the view is gone.
}
