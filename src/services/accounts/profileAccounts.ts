import * as l10n from '@vscode/l10n';
import { keyFingerprint as keyMarkOf, type Account, type AccountInfo, type Credentials } from '../../core/account';
import { accountName } from '../../core/accountName';
import { keyFingerprint, noKeys, renewalOf, type KeySource } from '../../core/credentialSource';
import type { ParsedFile, Profile, ProfileFile } from '../../core/profileFile';
import type { TemporaryCredentials } from '../../core/roles';
import { WatchedFile, type FileState } from '../../platform/watchedFile';
import type { Clock } from '../../util/clock';
import { isBinary } from '../../util/decodeText';
import { Emitter } from '../../util/lifecycle';
import { KeyCache } from './keyCache';
import { type AccountProblem } from './ports';
import { withEndpoint, type AccountSource, type EndpointOverride } from './registry';
import { unlessAborted } from './waiting';

export interface ProfileAccountsOptions {
  readonly file: ProfileFile;
  readonly endpoint: EndpointOverride;
  readonly clock: Clock;
  /** Gets the keys of a profile for the account. */
  readonly resolve: (source: KeySource, account: AccountInfo) => Promise<TemporaryCredentials>;
}

/** How often and how long a file that is in pieces gets time to become whole, in milliseconds. */
const patience = { times: 5, everyMs: 100 };

/** The accounts of one file of a vendor's tool: every profile is one. The file is read and watched, never written. */
export class ProfileAccounts implements AccountSource {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly file: WatchedFile;
  private readonly keys: KeyCache;
  private reading: Promise<void> = Promise.resolve();
  /** The look that has not begun yet: it sees all that happened until it does. */
  private waiting: { readonly anew: boolean; readonly done: Promise<void> } | undefined;
  private profiles: ReadonlyMap<string, Profile> = new Map();
  private readonly keyMarks = new WeakMap<Profile, string>();
  private trouble: readonly string[] = [];
  /** Why nothing may be signed although accounts are shown: the file they come from cannot be read now. */
  private broken: (() => string) | undefined;
  private seen: { readonly text: string } | undefined;
  /** Settled when the file was read for the first time. */
  readonly ready: Promise<void>;

  constructor(private readonly options: ProfileAccountsOptions) {
    this.file = new WatchedFile(options.file.path);
    this.keys = new KeyCache(options.clock);
    this.file.onDidChange(() => void this.update({ anew: true }));
    this.ready = this.file.watch().then(() => this.update({}));
  }

  list(): readonly Account[] {
    return [...this.profiles.values()].map((profile) => this.account(profile));
  }

  problems(): readonly AccountProblem[] {
    return this.trouble.map((message) => ({ where: this.options.file.shown, message }));
  }

  /** Looks at the file whatever was told of it, and at the way to it. */
  async refresh(): Promise<void> {
    await this.file.watch();
    await this.update({ anew: true });
  }

  dispose(): void {
    this.file.dispose();
    this.keys.clear();
    this.changed.dispose();
  }

  private account(profile: Profile): Account {
    const { provider, kind, shown, tool } = this.options.file;
    const { name, hosts, vpc, region } = profile;
    const info: AccountInfo = {
      id: `profile:${provider}:${kind}:${name}`,
      provider,
      name: accountName(name),
      source: l10n.t('{0}, {1}', tool(), shown),
      level: 'normal',
      ...(hosts === undefined ? {} : { hosts }),
      ...(vpc === undefined ? {} : { vpc }),
      ...(region === undefined ? {} : { region }),
    };
    const setting = this.options.endpoint(provider);
    const reach: AccountInfo =
      setting.ok && setting.endpoint !== undefined ? { ...info, endpoint: setting.endpoint } : info;
    const credentials: Account['credentials'] = ({ refresh = false, signal } = {}) =>
      unlessAborted(this.credentials(name, reach, refresh), signal);
    const renewal = renewalOf(profile.keys);
    const keyMark = this.keyMark(profile);
    const known = { ...(renewal && { renewal }), ...(keyMark && { keyMark }) };
    const signs = { ...info, revision: keyFingerprint(profile.keys), ...known, credentials };
    return withEndpoint(signs, setting);
  }

  /** Worked out once for each edit of the file: accounts are listed often. */
  private keyMark(profile: Profile): string | undefined {
    if (profile.keys.type !== 'keys') return undefined;
    const mark = this.keyMarks.get(profile) ?? keyMarkOf(profile.keys.keys);
    this.keyMarks.set(profile, mark);
    return mark;
  }

  /** The file is looked at each time: what it says now decides, not what it said when the account was listed. */
  private async credentials(name: string, account: AccountInfo, refresh: boolean): Promise<Credentials> {
    await this.update({ anew: refresh });
    const { shown } = this.options.file;
    if (this.broken !== undefined) throw noKeys(`${shown}: ${this.broken()}`);
    const profile = this.profiles.get(name);
    if (profile === undefined) throw noKeys(l10n.t('The profile "{0}" no longer exists in {1}.', account.name, shown));
    if (isSettled(profile.keys)) return this.options.resolve(profile.keys, account);
    return this.keys.get(name, profile, () => this.options.resolve(profile.keys, account), refresh);
  }

  /** One look after the other: what an earlier one saw never stands above what a later one saw. */
  private update({ anew = false }: { readonly anew?: boolean }): Promise<void> {
    if (this.waiting !== undefined && (this.waiting.anew || !anew)) return this.waiting.done;
    const begin = async (): Promise<void> => {
      if (this.waiting === mine) this.waiting = undefined;
      await this.look({ anew });
    };
    const mine = { anew, done: this.reading.catch(() => undefined).then(begin) };
    this.waiting = mine;
    return (this.reading = mine.done);
  }

  private async look(options: { readonly anew?: boolean }): Promise<void> {
    let state = await this.file.read(options);
    if (state.type === 'text' && this.seen?.text === state.text && this.broken === undefined) return;
    let parsed = this.parse(state);
    // Tools that write in place leave an empty or cut-off file for a moment, others none at all.
    for (let i = 0; i < patience.times && parsed === undefined && this.profiles.size > 0; i++) {
      await this.options.clock.sleep(patience.everyMs);
      state = await this.file.read({ anew: true });
      parsed = this.parse(state);
    }
    this.take(state, parsed);
  }

  private parse(state: FileState): ParsedFile | undefined {
    if (state.type !== 'text') return undefined;
    if (isBinary(state.text)) return undefined;
    return state.text.trim() === '' ? undefined : this.options.file.parse(state.text);
  }

  /** Every profile is a new object, so no keys that were got before an edit outlive it. */
  private take(state: FileState, parsed: ParsedFile | undefined): void {
    const before = JSON.stringify([this.seen, this.trouble, this.profiles.size]);
    this.seen = state.type === 'text' ? { text: state.text } : undefined;
    if (parsed !== undefined) {
      this.profiles = new Map(parsed.profiles.map((profile) => [profile.name, profile]));
      this.trouble = parsed.problems;
      this.broken = undefined;
    } else {
      const why = whyUnread(state);
      // Accounts stay while their file is in pieces; with it they go.
      if (state.type === 'missing') this.profiles = new Map();
      this.broken = why ?? (() => l10n.t('The file is empty.'));
      this.trouble = why === undefined || state.type === 'missing' ? [] : [why()];
    }
    if (JSON.stringify([this.seen, this.trouble, this.profiles.size]) !== before) this.changed.fire();
  }
}

/** Nobody has to be asked: the keys, or why there are none, stand in the file. */
function isSettled(source: KeySource): boolean {
  return source.type === 'none' || (source.type === 'keys' && source.afterwards === undefined);
}

function whyUnread(state: FileState): (() => string) | undefined {
  if (state.type === 'missing') return () => l10n.t('The file no longer exists.');
  if (state.type === 'unreadable') return () => l10n.t('The file cannot be read ({0}).', state.code);
  if (isBinary(state.text))
    return () => l10n.t('The file is not text in UTF-8: it holds null bytes. Save it as UTF-8.');
  return state.text.trim() === ''
    ? undefined
    : () => l10n.t('The file is damaged or half written. Its profiles cannot be used until it is whole.');
}
