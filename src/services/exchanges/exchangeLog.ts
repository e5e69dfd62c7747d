import type { Exchange } from '../../core/exchange';
import { redact } from '../../core/redact';
import { layOutJson } from '../../util/jsonText';
import { Emitter } from '../../util/lifecycle';

/** How much is kept, oldest dropped first. */
export interface ResponseLimits {
  readonly count: number;
  /** Characters of answers in all. */
  readonly characters: number;
}

/** The answers of this session, newest last. Text leaves here only without secrets. */
export class Responses {
  private readonly kept = new Map<string, { readonly exchange: Exchange; readonly secrets: readonly string[] }>();
  private characters = 0;
  private readonly added = new Emitter<Exchange>();
  readonly onDidAdd = this.added.event;

  constructor(private readonly limits: ResponseLimits = { count: 1_000, characters: 32_000_000 }) {}

  add(exchange: Exchange, secrets: readonly string[]): void {
    this.kept.set(exchange.id, { exchange, secrets });
    this.characters += exchange.body?.length ?? 0;
    for (const [id, { exchange: oldest }] of this.kept) {
      if (this.kept.size <= this.limits.count && this.characters <= this.limits.characters) break;
      if (id === exchange.id) break;
      this.kept.delete(id);
      this.characters -= oldest.body?.length ?? 0;
    }
    this.added.fire(exchange);
  }

  get(id: string): Exchange | undefined {
    return this.kept.get(id)?.exchange;
  }

  /** Newest first. */
  list(): Exchange[] {
    return [...this.kept.values()].map((k) => k.exchange).reverse();
  }

  /**
   * The answer as the cloud sent it: JSON laid out over lines, everything in it word for word; secrets removed.
   * Undefined when it is not kept any more. When no answer came, a JSON object that says so.
   */
  text(id: string): string | undefined {
    const found = this.kept.get(id);
    if (found === undefined) return undefined;
    const { exchange, secrets } = found;
    return redact(exchange.body === undefined || exchange.body === '' ? noAnswer(exchange) : layOut(exchange), secrets);
  }
}

function layOut({ body = '', language }: Exchange): string {
  if (language !== 'json') return body;
  try {
    return layOutJson(body);
  } catch {
    return body;
  }
}

function noAnswer({ error, host, action, time }: Exchange): string {
  const said = {
    action,
    host,
    time: time.toISOString(),
    answer: null,
    error: error?.message,
    code: error?.code,
    advice: error?.advice,
  };
  return JSON.stringify(said, undefined, 2);
}
