import { timingSafeEqual } from 'node:crypto';
import type { ProviderId } from '../core/account';
import type { IssuedKey, KeyRing } from './keys';
import { Refusal } from './refusal';
import { minute } from './times';

/** Requests stamped further from our clock than this are refused; also how long a nonce is remembered. */
export const clockTolerance = 15 * minute;

/** What a signature is checked with. */
export interface AuthenticationContext {
  readonly keys: KeyRing;
  readonly nonces: NonceBook;
  /** The server's own time, which a fault may have moved. */
  readonly now: Date;
}

/** Remembers the nonces of the last minutes, so that no signed request is served twice. */
export class NonceBook {
  private readonly seen = new Map<string, number>();

  /** False when the nonce was used before. */
  use(nonce: string, now: Date): boolean {
    const time = now.getTime();
    // Nonces come in the order of time, so the expired ones stand first.
    for (const [old, usedAt] of this.seen) {
      if (usedAt + 2 * clockTolerance > time) break;
      this.seen.delete(old);
    }
    if (this.seen.has(nonce)) return false;
    this.seen.set(nonce, time);
    return true;
  }
}

export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The codes of one cloud for what can be wrong with a key and its token. */
export interface TokenCodes {
  readonly unknownKey: string;
  readonly missing: string;
  readonly malformed: string;
  readonly expired: string;
}

interface Presented {
  readonly provider: ProviderId;
  readonly accessKeyId: string;
  readonly token: string | undefined;
}

/** Finds the key and checks that its token, if it must have one, is the one that was issued and still good. */
export function findKey(context: AuthenticationContext, presented: Presented, codes: TokenCodes): IssuedKey {
  const { provider, accessKeyId, token } = presented;
  const key = context.keys.find(provider, accessKeyId);
  if (key === undefined) throw new Refusal(codes.unknownKey, { details: [accessKeyId] });
  if (key.securityToken === undefined) {
    if (token !== undefined) throw new Refusal(codes.malformed, { details: ['the key has no token'] });
    return key;
  }
  if (token === undefined) throw new Refusal(codes.missing, { details: ['it is missing'] });
  if (!sameText(token, key.securityToken))
    throw new Refusal(codes.malformed, { details: ['it is not the one issued with the key'] });
  if (key.expiresAt !== undefined && key.expiresAt <= context.now.getTime())
    throw new Refusal(codes.expired, { details: ['it has expired'] });
  return key;
}
