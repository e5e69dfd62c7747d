import * as l10n from '@vscode/l10n';
import { CloudError } from '../../../core/cloudError';
import { flattenParams } from '../../../core/flatten';
import type { HttpRequest } from '../../../core/http';
import type { Operation } from '../../../core/operation';
import { canonicalQuery } from '../../../core/percentEncode';
import type { Wire, WireRequest } from '../../../core/wire';
import { originOf } from '../../../util/origin';
import { readAnswer } from './answer';
import { signedHeadersFor } from './sign';

/**
 * Volcengine's RPC style as its official clients speak it for ECS: GET, every parameter in the query, the region
 * nowhere but in the scope of the signature. Answers are JSON whatever format is asked for.
 */
export const volcengineWire: Wire = { withRegion, encode, decode: readAnswer };

/** This cloud has no region parameter; naming one would suggest that it decides something. */
function withRegion(
  operation: Operation,
  params: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const stray = ['RegionId', 'Region'].find((name) => name in params);
  if (stray === undefined) return params;
  throw invalid(l10n.t('{0} was not sent: on Volcengine, "{1}" is not a parameter.', operation.action, stray));
}

function encode(request: WireRequest): HttpRequest {
  const { operation, region, credentials, now } = request;
  const { action, product } = operation;
  if (region === undefined) throw invalid(l10n.t('{0} was not sent: it needs a region.', action));
  const { host, origin } = originOf(request.endpoint);
  const query = { ...flattenParams(request.params), Action: action, Version: product.version };
  const signed = { method: 'GET', host, path: '/', query, region, service: product.code, credentials, now };
  const headers = { accept: 'application/json', ...signedHeadersFor(signed) };
  return { method: 'GET', url: `${origin}/?${canonicalQuery(query)}`, headers };
}

function invalid(message: string): CloudError {
  return new CloudError(message, { reason: 'invalid', delivery: 'notSent' });
}
