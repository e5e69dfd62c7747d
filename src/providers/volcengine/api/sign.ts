import { createHmac } from 'node:crypto';
import type { Credentials } from '../../../core/account';
import { percentEncode } from '../../../core/percentEncode';
import { sha256, sha256OfNothing } from '../../../util/hash';

/**
 * Volcengine's HMAC-SHA256 signature: like AWS Signature Version 4, but the key chain starts from the bare secret,
 * the scope ends in `request`, and the clients of the vendor sign different sets of headers.
 * Rules: https://www.volcengine.com/docs/6369/67269
 */
const algorithm = 'HMAC-SHA256';

/** The parts of a request that a signature can cover. Client and sandbox fill it from either side of the wire. */
export interface SignedParts {
  readonly method: string;
  readonly path: string;
  /** Decoded names and values in any order; a name may occur more than once. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** All headers of the request; their names are compared without regard to case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower-case names of the headers that are covered. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hexadecimal SHA-256 of the body. */
  readonly bodyHash: string;
}

/** What a signing key is good for: one day, one region, one service. */
export interface Scope {
  /** `YYYYMMDD`, UTC. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** What an `Authorization` header says. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** A request to be signed; the headers of the signature itself are added by `signedHeadersFor`. */
export interface Unsigned {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly region: string;
  readonly service: string;
  readonly credentials: Credentials;
  readonly now: Date;
}

/** The headers of a request without a body, signed: `host`, `x-date`, `x-security-token` for temporary keys, `authorization`. */
export function signedHeadersFor(request: Unsigned): Record<string, string> {
  const { method, path, query, region, service, credentials } = request;
  const date = xDate(request.now);
  const headers: Record<string, string> = { host: request.host, 'x-date': date };
  if (credentials.securityToken !== undefined) headers['x-security-token'] = credentials.securityToken;
  const signedHeaders = Object.keys(headers).sort();
  const scope: Scope = { date: date.slice(0, 8), region, service };
  const parts = { method, path, query: Object.entries(query), headers, signedHeaders, bodyHash: sha256OfNothing };
  const signature = signatureOf(parts, scope, credentials.accessKeySecret);
  return {
    ...headers,
    authorization: formatAuthorization({ accessKeyId: credentials.accessKeyId, scope, signedHeaders, signature }),
  };
}

/** The signature a holder of `secret` would put on `parts`; the time stamp is the `x-date` header. */
export function signatureOf(parts: SignedParts, scope: Scope, secret: string): string {
  return hmac(signingKey(secret, scope), stringToSign(parts, scope)).toString('hex');
}

/** The text the signature is computed over. */
function stringToSign(parts: SignedParts, scope: Scope): string {
  const date = headerValue(parts.headers, 'x-date');
  return [algorithm, date, scopeText(scope), sha256(canonicalRequest(parts))].join('\n');
}

/** The request in the one form that both sides compute. */
export function canonicalRequest(parts: SignedParts): string {
  const names = [...parts.signedHeaders].sort();
  return [
    parts.method.toUpperCase(),
    parts.path,
    canonicalPairs(parts.query),
    ...names.map((name) => `${name}:${headerValue(parts.headers, name)}`),
    '',
    names.join(';'),
    parts.bodyHash,
  ].join('\n');
}

/** `YYYYMMDD'T'HHMMSS'Z'`, the form of the `X-Date` header. */
export function xDate(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** The time an `X-Date` header names; undefined when it has another form or is no time. */
export function parseXDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** The value of the `Authorization` header. */
export function formatAuthorization(authorization: Authorization): string {
  const { accessKeyId, scope, signedHeaders, signature } = authorization;
  const credential = `${accessKeyId}/${scopeText(scope)}`;
  return `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
}

/** Reads an `Authorization` header; undefined when it is not of this scheme or a part is missing. */
export function parseAuthorization(header: string): Authorization | undefined {
  const match = /^HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
    header.trim(),
  );
  const [accessKeyId, date, region, service, terminator, ...rest] = match?.[1]?.split('/') ?? [];
  if (!accessKeyId || !date || !region || !service || terminator !== 'request' || rest.length > 0) return undefined;
  const signedHeaders = (match?.[2] ?? '').split(';');
  return { accessKeyId, scope: { date, region, service }, signedHeaders, signature: match?.[3] ?? '' };
}

/**
 * Headers that a request must not leave out of its signature: the time stamp, and the token of temporary keys.
 * The vendor's clients differ in everything else (`host` signed or not, `x-content-sha256` sent or not).
 */
export function unsignedButRequired(
  headers: Readonly<Record<string, string>>,
  signedHeaders: readonly string[],
): readonly string[] {
  const sent = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const required = ['x-date', ...(sent.has('x-security-token') ? ['x-security-token'] : [])];
  return required.filter((name) => !signedHeaders.includes(name));
}

function scopeText(scope: Scope): string {
  return `${scope.date}/${scope.region}/${scope.service}/request`;
}

function signingKey(secret: string, scope: Scope): Buffer {
  return [scope.date, scope.region, scope.service, 'request'].reduce<Buffer>(hmac, Buffer.from(secret, 'utf8'));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function headerValue(headers: Readonly<Record<string, string>>, name: string): string {
  const entry = Object.entries(headers).find(([other]) => other.toLowerCase() === name);
  return (entry?.[1] ?? '').trim().replace(/\s+/g, ' ');
}

/** Sorted by decoded name, then by encoded value; both clients of the vendor agree on this for our parameters. */
function canonicalPairs(query: SignedParts['query']): string {
  return query
    .map(([name, value]) => [name, `${percentEncode(name)}=${percentEncode(value)}`] as const)
    .sort(([nameA, pairA], [nameB, pairB]) => compare(nameA, nameB) || compare(pairA, pairB))
    .map(([, pair]) => pair)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
