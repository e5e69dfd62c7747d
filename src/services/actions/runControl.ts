import { allowManyListeners } from '../../util/abort';
import { Emitter } from '../../util/lifecycle';

export type RunStage = 'running' | 'paused' | 'stopping';

/**
 * What a person does to a run that is under way. While it is paused nothing further is sent, and what was sent goes on
 * and is followed; to stop it also asks the cloud to end what goes on there.
 */
export class RunControl {
  private readonly abort = new AbortController();
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private isPaused = false;

  /** Aborts when the run is to stop. */
  readonly signal = allowManyListeners(this.abort.signal);

  get stage(): RunStage {
    if (this.signal.aborted) return 'stopping';
    return this.isPaused ? 'paused' : 'running';
  }

  pause(): void {
    this.setPaused(true);
  }

  goOn(): void {
    this.setPaused(false);
  }

  stop(): void {
    if (this.signal.aborted) return;
    this.abort.abort();
    this.changed.fire();
  }

  /** Stops as soon as that signal aborts. */
  stopWith(signal: AbortSignal): void {
    if (signal.aborted) this.stop();
    else signal.addEventListener('abort', () => this.stop(), { once: true });
  }

  /** Resolves as soon as the run is not paused, and at once when it is not. */
  async whenGoingOn(): Promise<void> {
    while (this.stage === 'paused')
      await new Promise<void>((resolve) => {
        const subscription = this.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
  }

  private setPaused(isPaused: boolean): void {
    if (this.isPaused === isPaused || this.signal.aborted) return;
    this.isPaused = isPaused;
    this.changed.fire();
  }
}
