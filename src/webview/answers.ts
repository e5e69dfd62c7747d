/** How long the extension may take to answer, in milliseconds. A read of a slow cloud fits into it. */
const answerWithinMs = 120_000;

/** What the extension answered to a message. */
export type Answer =
  | { readonly type: 'answer'; readonly id: number; readonly ok: true }
  | { readonly type: 'answer'; readonly id: number; readonly ok: false; readonly error: string };

/** Asks the extension; every question ends in an answer, an error or a time-out. */
export class Answers<Message> {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;

  constructor(
    private readonly post: (message: Message) => void,
    private readonly timedOut: () => string,
  ) {}

  /** Rejects with the extension's words, or ours when it stays silent. */
  async ask(messageOf: (id: number) => Message): Promise<void> {
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
      this.post(messageOf(id));
    });
    if (!answer.ok) throw new Error(answer.error);
  }

  settle(answer: Answer): void {
    const resolve = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    resolve?.(answer);
  }
}
