import { createHash } from 'node:crypto';
import type { Call } from './call';
import type { Refusal } from './refusal';

type Answer = Readonly<Record<string, unknown>>;

/** Which change a client token stands for. */
export interface TokenUse {
  readonly provider: string;
  readonly action: string;
  readonly region: string;
  readonly token: string;
  /** The parameters, which must be the same each time. */
  readonly params: Readonly<Record<string, string>>;
}

/** As many as the largest fleet has hosts; the oldest are forgotten first. */
const most = 200_000;

/** Answers kept by client token: a repeat gets the first answer and changes nothing. */
export class TokenBook {
  private readonly answers = new Map<string, { readonly print: string; readonly answer: Answer }>();

  /** The answer of `run`, or the one it gave before. A refused call leaves its token unused; `reused` refuses one that stands for another call. */
  once(use: TokenUse, run: () => Answer, reused: () => Refusal): Answer {
    const key = [use.provider, use.action, use.region, use.token].join(' ');
    const print = fingerprint(use.params);
    const known = this.answers.get(key);
    if (known !== undefined && known.print !== print) throw reused();
    if (known !== undefined) return known.answer;
    const answer = run();
    this.answers.set(key, { print, answer });
    const [oldest] = this.answers.size > most ? this.answers.keys() : [];
    if (oldest !== undefined) this.answers.delete(oldest);
    return answer;
  }
}

/** The client token of a call; every cloud calls it so. */
export function clientTokenOf({ params }: Call): string | undefined {
  return params['ClientToken'];
}

function fingerprint(params: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(pairs)).digest('hex');
}
