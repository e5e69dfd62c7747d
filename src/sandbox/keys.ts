import type { Credentials, ProviderId } from '../core/account';

/** The account every key of the sandbox belongs to. */
export const sandboxAccountId = '1000000000000001';

/** Makes `length` random bytes; passed in so that nothing here reaches for chance by itself. */
export type RandomBytes = (length: number) => Buffer;

/** A key the sandbox made up. */
export interface IssuedKey extends Credentials {
  readonly provider: ProviderId;
  /** When a temporary key stops working, in ms since 1970. */
  readonly expiresAt?: number;
}

/** How the ids of a cloud's keys begin. */
export interface KeyPrefixes {
  readonly lasting: string;
  readonly temporary: string;
}

/** Whose keys they are. */
export interface KeyIssuer {
  readonly provider: { readonly id: ProviderId };
  readonly keyPrefixes: KeyPrefixes;
}

/** The keys of one sandbox: shaped like the clouds' own, and plainly of no use anywhere else. */
export class KeyRing {
  private readonly keys = new Map<string, IssuedKey>();

  constructor(private readonly randomBytes: RandomBytes) {}

  /** A lasting key. */
  issue({ provider: { id }, keyPrefixes }: KeyIssuer): IssuedKey {
    return this.keep({ provider: id, ...this.pair(keyPrefixes.lasting) });
  }

  /** A temporary key with its token, good until `expiresAt`. */
  issueTemporary(
    { provider: { id }, keyPrefixes }: KeyIssuer,
    expiresAt: number,
  ): IssuedKey & { readonly securityToken: string } {
    const securityToken = `SANDBOX${this.randomBytes(48).toString('base64')}`;
    return this.keep({ provider: id, ...this.pair(keyPrefixes.temporary), securityToken, expiresAt });
  }

  find(provider: ProviderId, accessKeyId: string): IssuedKey | undefined {
    const key = this.keys.get(accessKeyId);
    return key?.provider === provider ? key : undefined;
  }

  private pair(prefix: string): { accessKeyId: string; accessKeySecret: string } {
    const id = this.randomBytes(7).toString('hex').toUpperCase().slice(0, 13);
    return {
      accessKeyId: `${prefix}${id}`,
      accessKeySecret: `sandbox${this.randomBytes(18).toString('hex').slice(0, 23)}`,
    };
  }

  private keep<K extends IssuedKey>(key: K): K {
    this.keys.set(key.accessKeyId, key);
    return key;
  }
}
