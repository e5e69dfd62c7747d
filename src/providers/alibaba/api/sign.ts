import { createHmac } from 'node:crypto';
import { canonicalQuery, percentEncode } from '../../../core/percentEncode';
import { sha256 } from '../../../util/hash';

/**
 * Both signatures of Alibaba Cloud's RPC APIs, pure: the client signs with them and the sandbox checks with them.
 * V1 puts the signature among the parameters and does not cover the host; V3 puts it in a header and does.
 */

/** The text that V1 (`SignatureVersion=1.0`) signs: all parameters of query and form, `Signature` left out. */
export function stringToSignV1(method: string, params: Readonly<Record<string, string>>): string {
  const { Signature: _ignored, ...signed } = params;
  return `${method}&%2F&${percentEncode(canonicalQuery(signed))}`;
}

/** The V1 signature, base64: HMAC-SHA1 with the secret and an `&` as key. */
export function signV1(method: string, params: Readonly<Record<string, string>>, accessKeySecret: string): string {
  return createHmac('sha1', `${accessKeySecret}&`).update(stringToSignV1(method, params)).digest('base64');
}

export const v3Algorithm = 'ACS3-HMAC-SHA256';

/** What V3 signs. `headers` has lower-case names and holds `x-acs-content-sha256`, the hash of the body. */
export interface V3Parts {
  readonly method: string;
  /** The path as sent; `/` for RPC APIs. */
  readonly path: string;
  /** As `canonicalQuery` writes it, and as it is sent. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The names V3 must sign: `host`, `content-type` and every `x-acs-` header there is, sorted. */
export function signedHeaderNames(headers: Readonly<Record<string, string>>): string[] {
  return Object.keys(headers)
    .filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .sort();
}

/** The canonical request of V3, over `names` or over all that must be signed. */
export function canonicalRequestV3(parts: V3Parts, names = signedHeaderNames(parts.headers)): string {
  const { method, path, query, headers } = parts;
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  return [method, path, query, lines, names.join(';'), headers['x-acs-content-sha256'] ?? ''].join('\n');
}

/** The text that V3 signs. */
export function stringToSignV3(parts: V3Parts, names = signedHeaderNames(parts.headers)): string {
  return `${v3Algorithm}\n${sha256(canonicalRequestV3(parts, names))}`;
}

/** The V3 signature, lower-case hex: HMAC-SHA256 with the plain secret as key. */
export function signV3(parts: V3Parts, accessKeySecret: string, names = signedHeaderNames(parts.headers)): string {
  return createHmac('sha256', accessKeySecret).update(stringToSignV3(parts, names)).digest('hex');
}

/** The `Authorization` header of V3. */
export function authorizationV3(parts: V3Parts, accessKeyId: string, accessKeySecret: string): string {
  const names = signedHeaderNames(parts.headers);
  const signature = signV3(parts, accessKeySecret, names);
  return `${v3Algorithm} Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
}

/** `2026-01-02T03:04:05Z`: UTC with seconds, as both signatures stamp requests. */
export function timestamp(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
