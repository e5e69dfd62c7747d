import type { Credentials } from './account';
import type { CloudErrorFacts } from './cloudError';
import type { HttpRequest, HttpResponse } from './http';
import type { Operation } from './operation';

/** How answers are asked for. Whatever then arrives, JSON or XML, is understood. */
export type AnswerFormat = 'json' | 'xml';

/** Everything a request is made of. Signing is pure: time and nonce come from the caller. */
export interface WireRequest {
  readonly operation: Operation;
  /** Checked parameters, with the region where the operation names one. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The region the call is about; undefined only for operations that have none. */
  readonly region: string | undefined;
  /** Scheme and host, without a path, for example `https://ecs.cn-hangzhou.aliyuncs.com`. */
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly format: AnswerFormat;
  readonly now: Date;
  readonly nonce: string;
}

/** What the cloud said, before the response schema is applied. */
export type Answer =
  | { readonly ok: true; readonly requestId: string | undefined; readonly value: unknown }
  | { readonly ok: false; readonly error: AnswerError };

/** A refusal in the cloud's words; the client adds reason and advice from the error tables. */
export interface AnswerError extends Pick<CloudErrorFacts, 'requestId' | 'recommend' | 'retryAfterMs' | 'permission'> {
  readonly code: string;
  readonly message: string;
}

/** How one cloud writes requests and reads answers. */
export interface Wire {
  /** The parameters with the region put where this cloud wants it; throws on a contradiction. */
  withRegion(
    operation: Operation,
    params: Readonly<Record<string, unknown>>,
    region: string | undefined,
  ): Readonly<Record<string, unknown>>;
  /** A signed request. Called again, with a new nonce and time, for every attempt. */
  encode(request: WireRequest): HttpRequest;
  /** Reads JSON or XML. Throws `CloudError` (`unexpectedAnswer`) when the body is neither, or is cut off. */
  decode(operation: Operation, response: HttpResponse): Answer;
}
