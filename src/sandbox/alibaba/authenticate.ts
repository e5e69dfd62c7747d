import { canonicalQuery } from '../../core/percentEncode';
import type { V3Parts } from '../../providers/alibaba/api/sign';
import {
  canonicalRequestV3,
  signedHeaderNames,
  signV1,
  signV3,
  stringToSignV1,
  stringToSignV3,
  v3Algorithm,
} from '../../providers/alibaba/api/sign';
import { sha256 } from '../../util/hash';
import type { Call } from '../call';
import type { IssuedKey, KeyRing } from '../keys';
import { Refusal } from '../refusal';
import type { AuthenticationContext, TokenCodes } from '../signature';
import { clockTolerance, findKey, sameText } from '../signature';
import { toSeconds } from '../times';

const codes: TokenCodes = {
  unknownKey: 'InvalidAccessKeyId.NotFound',
  missing: 'MissingSecurityToken',
  malformed: 'InvalidSecurityToken.Malformed',
  expired: 'InvalidSecurityToken.Expired',
};

/** What both styles carry, wherever it stands. */
interface Claims {
  readonly accessKeyId: string;
  readonly token: string | undefined;
  readonly stamp: string;
  readonly nonce: string;
  readonly signature: string;
}

/** Lets a call of either signature style in, as whose key it is, or refuses it with the cloud's code. */
export function authenticate(call: Call, context: AuthenticationContext): IssuedKey {
  const { method } = call.incoming;
  if (method !== 'GET' && method !== 'POST') throw new Refusal('UnsupportedHTTPMethod');
  const claims = claimsOf(call);
  const { accessKeyId, token } = claims;
  const key = findKey(context, { provider: 'alibabaCloud', accessKeyId, token }, codes);
  checkTime(claims.stamp, context.now);
  checkSignature(call, claims, key);
  if (!context.nonces.use(`${accessKeyId} ${claims.nonce}`, context.now)) throw new Refusal('SignatureNonceUsed');
  return key;
}

/** Whether one of these keys signed the call, whatever else is wrong with it. Throws `Refusal` when none did. */
export function requireSignature(call: Call, keys: KeyRing): void {
  const claims = claimsOf(call);
  const key = keys.find('alibabaCloud', claims.accessKeyId);
  if (key === undefined) throw new Refusal(codes.unknownKey, { details: [claims.accessKeyId] });
  checkSignature(call, claims, key);
}

function claimsOf(call: Call): Claims {
  return call.style === 'V3' ? claimsV3(call) : claimsV1(call);
}

function checkSignature(call: Call, claims: Claims, key: IssuedKey): void {
  if (call.style === 'V3') checkV3(call, claims, key);
  else checkV1(call, claims, key);
}

function claimsV1({ incoming }: Call): Claims {
  const all: Readonly<Record<string, string>> = { ...incoming.query, ...incoming.form };
  const get = (name: string): string => {
    const value = all[name];
    if (value === undefined || value === '') throw missing(name);
    return value;
  };
  const accessKeyId = get('AccessKeyId');
  if (get('SignatureMethod').toUpperCase() !== 'HMAC-SHA1') throw new Refusal('InvalidSignatureMethod');
  if (get('SignatureVersion') !== '1.0') throw new Refusal('InvalidParameter', { details: ['SignatureVersion'] });
  return {
    accessKeyId,
    token: all['SecurityToken'],
    stamp: get('Timestamp'),
    nonce: get('SignatureNonce'),
    signature: get('Signature'),
  };
}

function claimsV3({ incoming: { headers } }: Call): Claims {
  const authorization = headers['authorization'] ?? '';
  const parts = /^ACS3-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=[^,\s]*,\s*Signature=([0-9a-f]+)$/.exec(
    authorization,
  );
  if (parts?.[1] === undefined || parts[2] === undefined)
    throw incomplete('The Authorization header is missing or malformed.');
  for (const name of ['x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256', 'x-acs-version']) {
    if ((headers[name] ?? '') === '') throw incomplete(`The header ${name} is missing.`);
  }
  return {
    accessKeyId: parts[1],
    token: headers['x-acs-security-token'],
    stamp: headers['x-acs-date'] ?? '',
    nonce: headers['x-acs-signature-nonce'] ?? '',
    signature: parts[2],
  };
}

function checkTime(stamp: string, now: Date): void {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(stamp) ? Date.parse(stamp) : Number.NaN;
  if (Number.isNaN(time)) throw new Refusal('InvalidTimeStamp.Format');
  if (Math.abs(time - now.getTime()) <= clockTolerance) return;
  const message = `Specified time stamp or date value is expired. The difference between the request time ${stamp} and the server time ${toSeconds(now)} is more than 15 minutes.`;
  throw new Refusal('InvalidTimeStamp.Expired', { message });
}

function checkV1({ incoming }: Call, claims: Claims, key: IssuedKey): void {
  const all = { ...incoming.query, ...incoming.form };
  if (sameText(signV1(incoming.method, all, key.accessKeySecret), claims.signature)) return;
  throw mismatch(stringToSignV1(incoming.method, all));
}

function checkV3(call: Call, claims: Claims, key: IssuedKey): void {
  const { method, path, query, headers, body } = call.incoming;
  const signed = /SignedHeaders=([^,\s]*)/.exec(headers['authorization'] ?? '')?.[1]?.split(';') ?? [];
  const unsigned = signedHeaderNames(headers).filter((name) => !signed.includes(name));
  // The SDK sends a content-type without a body and does not sign it; the cloud lets that pass.
  const needed = unsigned.filter((name) => name !== 'content-type' || body !== '');
  if (needed.length > 0) throw incomplete(`Not signed: ${needed.join(', ')}.`);
  const hashed = { ...headers, 'x-acs-content-sha256': sha256(body) };
  const parts: V3Parts = { method, path, query: canonicalQuery(query), headers: hashed };
  if (sameText(signV3(parts, key.accessKeySecret, signed), claims.signature)) return;
  throw mismatch(`${stringToSignV3(parts, signed)}, server canonical request is:${canonicalRequestV3(parts, signed)}`);
}

/** Like the cloud, shows what it would have signed: everything that was sent, token and key id included. */
function mismatch(serverText: string): Refusal {
  const message = `Specified signature is not matched with our calculation. server string to sign is:${serverText}`;
  return new Refusal('SignatureDoesNotMatch', { message });
}

function incomplete(detail: string): Refusal {
  const message = `The request signature does not conform to the standards of ${v3Algorithm}. ${detail}`;
  return new Refusal('IncompleteSignature', { message });
}

/** Refused as the cloud refuses any parameter that is missing. */
function missing(name: string): Refusal {
  return new Refusal(`Missing${name}`, { status: 400, message: `${name} is mandatory for this action.` });
}
