import { withoutMark } from '../util/decodeText';
import { joinPath } from '../util/paths';
import type { ProviderId } from './account';
import type { KeySource } from './credentialSource';

/** One way to sign in that a file describes. */
export interface Profile {
  readonly name: string;
  readonly keys: KeySource;
  /** See `AccountInfo.hosts`. */
  readonly hosts?: Readonly<Record<string, string>> | undefined;
  /** See `AccountInfo.vpc`. */
  readonly vpc?: string | undefined;
  /** See `AccountInfo.region`. */
  readonly region?: string | undefined;
}

/** What a file says, and what in it cannot be used, in the user's language and without quoting it. */
export interface ParsedFile {
  readonly profiles: readonly Profile[];
  readonly problems: readonly string[];
}

/** A vendor's file that holds profiles. */
export interface ProfileFile {
  readonly provider: ProviderId;
  /** Part of the accounts' ids: never change it. */
  readonly kind: 'cli' | 'credentials' | 'sdk';
  readonly path: string;
  /** For people: `~/.aliyun/config.json`. */
  readonly shown: string;
  /** What the profiles belong to, in the user's language. */
  readonly tool: () => string;
  /** Undefined when the text is not what the file should hold: damaged, or half written. */
  readonly parse: (text: string) => ParsedFile | undefined;
}

/** A profile with its texts trimmed, as the vendors' tools read most of them; its name stays, for it is looked up by it. */
export function trimmed<T extends object>(profile: T): T {
  const entries = Object.entries(profile).map(([field, value]: [string, unknown]) => [
    field,
    typeof value === 'string' && field !== 'name' ? value.trim() : value,
  ]);
  // The same fields with values of the same types.
  return Object.fromEntries(entries) as T;
}

/** JSON without the parser's message, which would quote the text. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(withoutMark(text));
    // Any object that is not a list can be read by its field names.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Scheme and host of an address in a profile, which may be a bare host. Always https, except to this computer;
 * undefined when it is anything but a host and a port.
 */
export function addressOf(text: string | undefined): string | undefined {
  const given = text?.trim() ?? '';
  if (given === '') return undefined;
  const local = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/?$/i.test(given);
  const address = local ? given : `https://${given.replace(/^https?:\/\//i, '')}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    return undefined;
  return url.origin;
}

/** A moment from a Unix time in seconds, milliseconds, microseconds or nanoseconds, as the vendors' tools write it. */
export function unixTime(value: number | undefined): Date | undefined {
  if (value === undefined || !Number.isFinite(value) || value <= 0) return undefined;
  const unit = value >= 1e18 ? 1e6 : value >= 1e15 ? 1e3 : value >= 1e12 ? 1 : 1e-3;
  return new Date(value / unit);
}

/** Only what there is. */
export function present(hosts: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined {
  const entries = Object.entries(hosts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The session that a role is taken on in, where the profile names none; it appears in the cloud's audit log. */
export const sessionName = 'cloud-assistant-explorer';
export const sessionSeconds = 3600;

/** The place a variable names, relative to the user's folder, else the usual one; and how people write it. */
export function located(
  variable: string | undefined,
  home: string,
  ...usual: readonly string[]
): { readonly path: string; readonly shown: string } {
  const moved = variable?.trim();
  if (moved !== undefined && moved !== '') return { path: joinPath(home, moved), shown: moved };
  return { path: joinPath(home, ...usual), shown: ['~', ...usual].join('/') };
}
