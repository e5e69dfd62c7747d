import type { Authorization, SignedParts } from '../../providers/volcengine/api/sign';
import { parseAuthorization, parseXDate, signatureOf, unsignedButRequired } from '../../providers/volcengine/api/sign';
import { sha256 } from '../../util/hash';
import type { Call } from '../call';
import type { IssuedKey, KeyRing } from '../keys';
import { Refusal } from '../refusal';
import type { AuthenticationContext, TokenCodes } from '../signature';
import { clockTolerance, findKey, sameText } from '../signature';

const codes: TokenCodes = {
  unknownKey: 'InvalidAccessKey',
  missing: 'InvalidSecretToken',
  malformed: 'InvalidSecretToken',
  expired: 'InvalidSecretToken',
};

/** Lets a signed call in, as whose key it is, or refuses it with the cloud's code. There is no nonce to check. */
export function authenticate(call: Call, context: AuthenticationContext): IssuedKey {
  const { headers, method } = call.incoming;
  if (method !== 'GET' && method !== 'POST') throw new Refusal('MethodNotAllowed');
  const authorization = readAuthorization(headers['authorization']);
  if (authorization.scope.service !== 'ecs')
    throw new Refusal('ServiceNotFound', { details: [authorization.scope.service] });
  const { accessKeyId } = authorization;
  const key = findKey(context, { provider: 'volcengine', accessKeyId, token: headers['x-security-token'] }, codes);
  checkTime(headers['x-date'], authorization, context.now);
  checkSignature(call, authorization, key);
  return key;
}

/** Whether one of these keys signed the call, whatever else is wrong with it. Throws `Refusal` when none did. */
export function requireSignature(call: Call, keys: KeyRing): void {
  const authorization = readAuthorization(call.incoming.headers['authorization']);
  const key = keys.find('volcengine', authorization.accessKeyId);
  if (key === undefined) throw new Refusal(codes.unknownKey, { details: [authorization.accessKeyId] });
  checkSignature(call, authorization, key);
}

function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined || header === '') throw new Refusal('MissingAuthenticationToken');
  if (!header.includes('Signature=')) throw new Refusal('MissingSignature');
  const authorization = parseAuthorization(header);
  if (authorization === undefined) throw new Refusal('InvalidAuthorization');
  return authorization;
}

function checkTime(header: string | undefined, { scope }: Authorization, now: Date): void {
  const time = parseXDate(header ?? '');
  if (time === undefined) throw new Refusal('InvalidTimestamp');
  if (header?.slice(0, 8) !== scope.date) throw new Refusal('InvalidCredential');
  if (Math.abs(time.getTime() - now.getTime()) > clockTolerance) throw new Refusal('InvalidTimestamp');
}

function checkSignature({ incoming }: Call, authorization: Authorization, key: IssuedKey): void {
  const { method, path, queryPairs, headers, body } = incoming;
  const { signedHeaders, scope, signature } = authorization;
  if (unsignedButRequired(headers, signedHeaders).length > 0) throw new Refusal('SignatureDoesNotMatch');
  const bodyHash = sha256(body);
  const claimed = headers['x-content-sha256'];
  const parts: SignedParts = { method, path, query: queryPairs, headers, signedHeaders, bodyHash };
  if (claimed !== undefined && claimed !== bodyHash) throw new Refusal('SignatureDoesNotMatch');
  if (!sameText(signatureOf(parts, scope, key.accessKeySecret), signature)) throw new Refusal('SignatureDoesNotMatch');
}
