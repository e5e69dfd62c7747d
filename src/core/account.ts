import { sha256 } from '../util/hash';

/** The clouds this extension knows. The names appear in settings, ids and the journal. */
export const providerIds = ['alibabaCloud', 'volcengine'] as const;
export type ProviderId = (typeof providerIds)[number];

/** Keys as both clouds use them. Held in memory only as long as a call needs them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

/** How much an account is guarded: `production` asks for its name, `readOnly` never changes anything. */
export const accountLevels = ['normal', 'production', 'readOnly'] as const;
export type AccountLevel = (typeof accountLevels)[number];

/** Another account that is marked, and what the two have in common. */
export interface LevelFrom {
  readonly name: string;
  readonly source: string;
  /** `key`: the same key. `owner`: the same account of the cloud. */
  readonly by: 'key' | 'owner';
}

/** What a person needs to tell accounts apart; never holds a secret. */
export interface AccountInfo {
  /** Stable across sessions and unique over all sources, for example `env:alibabaCloud`. */
  readonly id: string;
  readonly provider: ProviderId;
  /** What the user calls it. */
  readonly name: string;
  /** Where it comes from, in the user's language, for example "environment variables". */
  readonly source: string;
  readonly level: AccountLevel;
  /** The account whose mark is the reason for the level; absent where it is its own. */
  readonly levelFrom?: LevelFrom;
  /** Replaces the cloud's own address, for the sandbox and private endpoints. */
  readonly endpoint?: string;
  /** Where single products are reached instead, by product code: what the profile of a vendor's tool says. `endpoint` goes first. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Calls go to the addresses inside the cloud's private network; those without a region to this region's. */
  readonly vpc?: string;
  /** The region that its own profile or variables name: it can be used where regions may not be listed. */
  readonly region?: string;
  /** True for the built-in sandbox, where nothing is real. */
  readonly sandbox?: boolean;
}

/**
 * Keys that change by themselves.
 * - `named`: for the owner that the revision names.
 * - `asked`: the revision names an account or a role but no user, so the cloud is asked where it can tell.
 * - `unnamed`: for whoever is signed in; where the cloud cannot tell who that is, any other key counts as another owner.
 */
export type Renewal = 'named' | 'asked' | 'unnamed';

/** An account that can sign. */
export interface Account extends AccountInfo {
  /** Another text when the keys may have become another one's: what was read with the old ones is then not shown. */
  readonly revision?: string;
  /** Whose other keys are that come without another revision. Absent: of somebody else, until the cloud has said whose. */
  readonly renewal?: Renewal;
  /** The mark of the keys, where they are known without asking and stay the same. */
  readonly keyMark?: string;
  /**
   * The keys as they are now. With `refresh`, read anew from where they come, after the cloud refused them.
   * Rejects with `CloudError` (`auth`, `notSent`) that says what to do when there are none.
   */
  credentials(options?: { readonly refresh?: boolean; readonly signal?: AbortSignal }): Promise<Credentials>;
}

/** The plain facts of an account. */
export function infoOf(account: AccountInfo): AccountInfo {
  const { id, provider, name, source, level, levelFrom, endpoint, hosts, vpc, sandbox } = account;
  return {
    id,
    provider,
    name,
    source,
    level,
    ...(levelFrom === undefined ? {} : { levelFrom }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(vpc === undefined ? {} : { vpc }),
    ...(sandbox === undefined ? {} : { sandbox }),
  };
}

/** Where the calls of an account go instead of to the vendor's own addresses; undefined where they go there. */
export type Reach = Readonly<Record<string, string>> | undefined;

/** Plain data, so that it can be written down and compared later. */
export function reachOf({ endpoint, hosts, vpc }: AccountInfo): Reach {
  const named = { ...hosts, ...(endpoint === undefined ? {} : { endpoint }), ...(vpc === undefined ? {} : { vpc }) };
  return Object.keys(named).length === 0 ? undefined : named;
}

/** Whether calls of both go to the same addresses. */
export function sameReach(a: Reach, b: Reach): boolean {
  const text = (reach: Reach): string => JSON.stringify(Object.entries(reach ?? {}).sort());
  return text(a) === text(b);
}

/** The same account with exactly these keys: whatever is edited meanwhile, nothing is signed with others. */
export function pinAccount(account: AccountInfo, credentials: Credentials): Account {
  return { ...infoOf(account), credentials: () => Promise.resolve(credentials) };
}

/** Tells one key from another; the key cannot be found from it. */
export function keyFingerprint(credentials: Credentials): string {
  return sha256(`cloud-assistant ${credentials.accessKeyId}`).slice(0, 16);
}
