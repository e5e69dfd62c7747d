import * as l10n from '@vscode/l10n';
import { CloudError } from '../../../core/cloudError';
import { flattenParams } from '../../../core/flatten';
import type { HttpRequest } from '../../../core/http';
import type { Operation } from '../../../core/operation';
import { canonicalQuery } from '../../../core/percentEncode';
import type { Wire, WireRequest } from '../../../core/wire';
import { sha256OfNothing } from '../../../util/hash';
import { originOf } from '../../../util/origin';
import { readAnswer } from './answer';
import { authorizationV3, timestamp } from './sign';

/**
 * Alibaba Cloud's RPC APIs under V3 signatures, as the official SDK speaks them: POST, an empty body, every
 * parameter in the query. `RegionId` is written here from the region that also chose the endpoint.
 */
export const alibabaWire: Wire = { withRegion, encode, decode: readAnswer };

function withRegion(
  operation: Operation,
  params: Readonly<Record<string, unknown>>,
  region: string | undefined,
): Readonly<Record<string, unknown>> {
  const given = params['RegionId'];
  if (given !== undefined && given !== region) {
    throw new CloudError(l10n.t('{0} was not sent: it names two different regions.', operation.action), {
      reason: 'invalid',
      delivery: 'notSent',
    });
  }
  const missing = given === undefined && region !== undefined && 'RegionId' in operation.params.shape;
  return missing ? { ...params, RegionId: region } : params;
}

function encode(request: WireRequest): HttpRequest {
  const { origin, host } = originOf(request.endpoint);
  const query = canonicalQuery(queryOf(request));
  const headers = headersOf(request, host);
  const { accessKeyId, accessKeySecret } = request.credentials;
  const authorization = authorizationV3({ method: 'POST', path: '/', query, headers }, accessKeyId, accessKeySecret);
  return {
    method: 'POST',
    url: query === '' ? `${origin}/` : `${origin}/?${query}`,
    headers: { ...headers, authorization },
  };
}

function queryOf(request: WireRequest): Record<string, string> {
  const query = flattenParams(withRegion(request.operation, request.params, request.region));
  // The `accept` header decides under V3; gateways that still read the V1 parameter get the same wish.
  if (request.format === 'xml') query['Format'] = 'XML';
  return query;
}

function headersOf(request: WireRequest, host: string): Record<string, string> {
  const { operation, credentials, format, now, nonce } = request;
  const headers: Record<string, string> = {
    accept: format === 'xml' ? 'application/xml' : 'application/json',
    host,
    'x-acs-action': operation.action,
    'x-acs-content-sha256': sha256OfNothing,
    'x-acs-date': timestamp(now),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': operation.product.version,
  };
  if (credentials.securityToken !== undefined) {
    headers['x-acs-accesskey-id'] = credentials.accessKeyId;
    headers['x-acs-security-token'] = credentials.securityToken;
  }
  return headers;
}
