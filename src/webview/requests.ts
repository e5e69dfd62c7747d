import type { PanelRequest, ToHost, ToPanel } from '../core/panelProtocol';

/** How long the extension may take to answer, in milliseconds. A read of a slow cloud fits into it. */
const answerWithinMs = 120_000;

type Answer = Extract<ToPanel, { readonly type: 'answer' }>;

/** Asks the extension; every request ends in an answer, an error or a time-out. */
export class Requests {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;

  constructor(
    private readonly post: (message: ToHost) => void,
    private readonly timedOut: () => string,
  ) {}

  /** `key` is that of the view that asks. Rejects with the extension's words, or ours when it stays silent. */
  async send(request: PanelRequest, key: string): Promise<void> {
    const id = ++this.last;
    const answer = await new Promise<Answer>((resolve) => {
      const timer = setTimeout(
        () => this.settle({ type: 'answer', id, ok: false, error: this.timedOut() }),
        answerWithinMs,
      );
      this.waiting.set(id, (said) => {
        clearTimeout(timer);
        resolve(said);
      });
      this.post({ type: 'request', id, key, request });
    });
    if (!answer.ok) throw new Error(answer.error);
  }

  settle(answer: Answer): void {
    const resolve = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    resolve?.(answer);
  }
}
