import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';

/** A proxy that can be spoken to. */
export interface Proxy {
  /** Scheme, host and port, without a user: fit to be shown. */
  readonly address: string;
  /** Whether a user is sent along. */
  readonly authenticates: boolean;
  /** The `Proxy-Authorization` header. Secret. */
  readonly authorization: string | undefined;
}

/** The text of an address, and the setting or variable that has it. */
export interface ProxySource {
  readonly text: string;
  readonly name: string;
}

/**
 * Reads `scheme://user:password@host:port`, all but the host optional. The user ends at the last `@`, so that a
 * password may have any character as it is; `%` with two hexadecimal digits is decoded, as in curl. Throws
 * `CloudError` for anything else and shows nothing of the text: what stands where a host should may be a password.
 */
export function parseProxy({ text, name }: ProxySource, header: string | undefined): Proxy {
  const given = header?.trim();
  if (given !== undefined && !/^[\t\x20-\x7e\x80-\xff]*$/.test(given)) throw unreadable('http.proxyAuthorization');
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^]*)$/i.exec(text) ?? [];
  const protocol = scheme.toLowerCase();
  if (/^(socks[45]?[ah]?|pac|quic|ftp)$/.test(protocol)) throw unsupported(name, protocol);
  if (!/^https?$/.test(protocol) || /^https?:/i.test(rest)) throw unreadable(name);
  const end = rest.lastIndexOf('@');
  const host = hostOf(protocol, rest.slice(end + 1));
  if (host === undefined) throw unreadable(name);
  const user = end < 1 ? undefined : basic(rest.slice(0, end));
  if (end >= 1 && user === undefined) throw unreadable(name);
  const authorization = given || user;
  return { address: `${protocol}://${host}`, authenticates: authorization !== undefined, authorization };
}

/** Host and port, and nothing else but a plain path, which has no meaning for a proxy. */
const hostAndPort = /^([\p{L}\p{M}\p{N}._-]+|\[[\da-f:.]+\])(?::([1-9]\d{0,4}))?(?:\/[\w./~-]*)?$/iu;

/** As URLs write it; undefined when the text is no host. */
function hostOf(protocol: string, text: string): string | undefined {
  const [, name, port] = hostAndPort.exec(text) ?? [];
  if (name === undefined) return undefined;
  const address = `${protocol}://${name}${port === undefined ? '' : `:${port}`}`;
  const host = URL.canParse(address) ? new URL(address).host : '';
  return host === '' ? undefined : host;
}

/** `user:password` as the header has it; undefined where the header cannot hold it. The name ends at the first colon; a password may have more of them. */
function basic(userInfo: string): string | undefined {
  const colon = userInfo.indexOf(':');
  const [user, password] = colon < 0 ? [userInfo, ''] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  const bytes = Buffer.concat([decoded(user), Buffer.from(':'), decoded(password)]);
  // Forbidden in the header (RFC 7617); curl refuses them, too.
  if (bytes.some((byte) => byte < 0x20 || byte === 0x7f)) return undefined;
  return `Basic ${bytes.toString('base64')}`;
}

/** A percent sign that begins no code is taken as it stands. */
function decoded(text: string): Buffer {
  const parts = text.split(/(%[\da-f]{2})/i);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : Buffer.from(part.slice(1), 'hex'))),
  );
}

function unreadable(name: string): CloudError {
  return unusable(l10n.t('The proxy address in {0} cannot be read.', name));
}

function unsupported(name: string, protocol: string): CloudError {
  return unusable(l10n.t('Proxies of the type "{0}", as in {1}, are not supported.', protocol, name));
}

function unusable(message: string): CloudError {
  const advice = l10n.t(
    'Write it as http://user:password@host:port or https://host:port. Special characters of the user and the password may be percent-encoded, for example %40 for @.',
  );
  return new CloudError(message, { reason: 'network', delivery: 'notSent', code: 'PROXY_ADDRESS', advice });
}
