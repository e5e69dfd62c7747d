import { request } from 'node:http';
import type { TestContext } from 'node:test';
import type { Credentials } from '../../src/core/account';
import { flattenParams } from '../../src/core/flatten';
import type { HttpRequest, HttpResponse } from '../../src/core/http';
import type { Operation } from '../../src/core/operation';
import { canonicalQuery } from '../../src/core/percentEncode';
import { signV1, timestamp } from '../../src/providers/alibaba/api/sign';
import { alibabaWire } from '../../src/providers/alibaba/api/wire';
import { volcengineWire } from '../../src/providers/volcengine/api/wire';
import type { Sandbox, SandboxOptions } from '../../src/sandbox';
import { startSandbox } from '../../src/sandbox';

/** A sandbox that ends with the test; fails the test if the sandbox itself had a defect. */
export async function sandboxFor(t: TestContext, options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  t.after(async () => {
    const defects = sandbox.requests().flatMap(({ defect }) => defect ?? []);
    await sandbox.dispose();
    if (defects.length > 0) throw new Error(`The sandbox failed inside:\n${defects.join('\n')}`);
  });
  return sandbox;
}

/** Sends a request exactly as it is, on a connection of its own. */
export function send(message: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const { method, url, headers, body } = message;
    const outgoing = request(url, { method, headers, agent: false, ...(signal && { signal }) }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const fields = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
        // Pairs of texts make an object of texts.
        const headers = Object.fromEntries(fields) as Record<string, string>;
        resolve({ status: answer.statusCode ?? 0, headers, body: Buffer.concat(parts).toString('utf8') });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export interface CallOptions {
  readonly region?: string;
  readonly credentials?: Credentials;
  readonly format?: 'json' | 'xml';
  readonly now?: Date;
  readonly nonce?: string;
  readonly signal?: AbortSignal;
}

let calls = 0;

/** A nonce no other call of this process has. */
export function freshNonce(): string {
  return `nonce-${process.pid}-${++calls}`;
}

/** A signed request of our own wire, V3 or Volcengine's, not sent yet. */
export function signed(
  sandbox: Sandbox,
  operation: Operation,
  params: Record<string, unknown>,
  options: CallOptions = {},
): HttpRequest {
  const { provider } = operation.product;
  const wire = provider === 'volcengine' ? volcengineWire : alibabaWire;
  const withRegion = 'RegionId' in operation.params.shape || provider === 'volcengine';
  return wire.encode({
    operation,
    params,
    region: options.region ?? (withRegion ? (provider === 'volcengine' ? 'cn-beijing' : 'cn-hangzhou') : undefined),
    endpoint: sandbox[provider].endpoint,
    credentials: options.credentials ?? sandbox[provider],
    format: options.format ?? 'json',
    now: options.now ?? new Date(),
    nonce: options.nonce ?? freshNonce(),
  });
}

/** An answer with what its envelope says, whichever cloud it came from. */
export interface Reply extends HttpResponse {
  /** The body without envelope; empty when it is not JSON. */
  readonly value: Record<string, unknown>;
  readonly code: string | undefined;
  readonly message: string;
}

/** Signs, sends and opens the JSON envelope. */
export async function call(
  sandbox: Sandbox,
  operation: Operation,
  params: Record<string, unknown> = {},
  options: CallOptions = {},
): Promise<Reply> {
  return open(await send(signed(sandbox, operation, params, options), options.signal));
}

interface Envelope extends Record<string, unknown> {
  readonly Code?: string;
  readonly Message?: string;
  readonly Result?: Record<string, unknown>;
  readonly ResponseMetadata?: { readonly Error?: { readonly Code: string; readonly Message: string } };
}

export function open(response: HttpResponse): Reply {
  // The shape both clouds document; tests look closer where it matters.
  const envelope = (response.body.startsWith('{') ? tryParse(response.body) : {}) as Envelope;
  const error = envelope.ResponseMetadata?.Error;
  const value = envelope.ResponseMetadata === undefined ? envelope : (envelope.Result ?? {});
  return { ...response, value, code: error?.Code ?? envelope.Code, message: error?.Message ?? envelope.Message ?? '' };
}

function tryParse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

export interface V1Options {
  readonly method?: 'GET' | 'POST';
  readonly credentials?: Credentials;
  readonly format?: string;
  /** Overwrites common parameters before signing; undefined leaves one out. */
  readonly common?: Readonly<Record<string, string | undefined>>;
}

/** A request signed in the V1 style: parameters in the query with GET, in a form with POST. */
export function signedV1(
  sandbox: Sandbox,
  action: string,
  params: Record<string, unknown>,
  options: V1Options = {},
): HttpRequest {
  const { method = 'GET' } = options;
  const credentials: Credentials = options.credentials ?? sandbox.alibabaCloud;
  const all = flattenParams({
    Action: action,
    Version: '2014-05-26',
    Format: options.format,
    AccessKeyId: credentials.accessKeyId,
    SecurityToken: credentials.securityToken,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: freshNonce(),
    Timestamp: timestamp(new Date()),
    ...params,
    ...options.common,
  });
  const text = canonicalQuery({ ...all, Signature: signV1(method, all, credentials.accessKeySecret) });
  const url = `${sandbox.alibabaCloud.endpoint}/`;
  if (method === 'GET') return { method, url: `${url}?${text}`, headers: {} };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(text.length) };
  return { method, url, headers, body: text };
}
