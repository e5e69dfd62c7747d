import { Emitter, type Disposable, type Event } from '../../util/lifecycle';
import type { Memory } from './ports';

/** A text that another window may replace. */
export interface FollowedText extends Disposable {
  read(): Promise<{ readonly type: string; readonly text?: string }>;
  watch(): Promise<void>;
  readonly onDidChange: Event<void>;
}

/** Where windows tell each other what they keep. */
export interface SharedTexts {
  follow(name: string): FollowedText;
  write(name: string, text: string): Promise<void>;
}

/**
 * A memory whose values of some keys follow what other windows set: each value that is set is also written to a file
 * that the others watch, for VS Code tells nobody of it. What is kept from one session to the next stays the memory's.
 */
export class FollowedMemory implements Memory, Disposable {
  private readonly newer = new Map<string, unknown>();
  private readonly texts: ReadonlyMap<string, FollowedText>;
  private readonly changed = new Emitter<string>();
  /** The key whose value another window set. */
  readonly onDidChange = this.changed.event;
  /** Resolves when all keys are followed. */
  readonly following: Promise<void>;

  constructor(
    private readonly memory: Memory,
    private readonly shared: SharedTexts,
    keys: readonly string[],
  ) {
    this.texts = new Map(keys.map((key) => [key, shared.follow(key)]));
    this.following = Promise.all([...this.texts].map(([key, text]) => this.follow(key, text))).then(() => undefined);
  }

  get(key: string): unknown {
    return this.newer.has(key) ? this.newer.get(key) : this.memory.get(key);
  }

  async set(key: string, value: unknown): Promise<void> {
    if (!this.texts.has(key)) return this.memory.set(key, value);
    this.newer.set(key, value);
    await this.memory.set(key, value);
    // It is kept; that others learn of it later than they could is no reason to fail.
    await this.shared.write(key, JSON.stringify({ value })).catch(() => undefined);
  }

  dispose(): void {
    for (const text of this.texts.values()) text.dispose();
    this.changed.dispose();
  }

  private async follow(key: string, text: FollowedText): Promise<void> {
    // What stands there from before is known to the memory, which may have learnt more since.
    let last = textOf(await text.read());
    text.onDidChange(() => {
      void text.read().then((state) => {
        const now = textOf(state);
        if (now === undefined || now === last) return;
        last = now;
        this.take(key, now);
      });
    });
    await text.watch();
  }

  private take(key: string, text: string): void {
    const said = parse(text);
    if (said === undefined || JSON.stringify(said.value) === JSON.stringify(this.get(key))) return;
    this.newer.set(key, said.value);
    this.changed.fire(key);
  }
}

function textOf(state: { readonly text?: string }): string | undefined {
  return state.text;
}

function parse(text: string): { readonly value?: unknown } | undefined {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null && 'value' in said ? said : undefined;
  } catch {
    return undefined;
  }
}
