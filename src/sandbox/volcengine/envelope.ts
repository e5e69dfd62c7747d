import type { SandboxCloud } from '../cloud';
import type { EnvelopeFacts, Reply } from '../reply';

export const envelope: Pick<SandboxCloud, 'success' | 'refusal'> = {
  success: (Result, facts) => reply(200, { Result }, facts),
  refusal: ({ code, message, status, headers }, facts) => {
    const { body, ...written } = reply(status, { Error: errorFields(code, message) }, facts);
    return { status, headers: { ...written.headers, ...headers }, body };
  },
};

/** Numbers of the gateway's codes; the service's own codes have none. */
const codeNumbers: Readonly<Record<string, number>> = {
  MissingParameter: 100002,
  MissingAuthenticationToken: 100003,
  MissingRequestInfo: 100004,
  MissingSignature: 100005,
  InvalidTimestamp: 100006,
  ServiceNotFound: 100007,
  InvalidActionOrVersion: 100008,
  InvalidAccessKey: 100009,
  SignatureDoesNotMatch: 100010,
  LackPolicy: 100012,
  AccessDenied: 100013,
  InternalError: 100014,
  FlowLimitExceeded: 100018,
};

function errorFields(Code: string, Message: string) {
  const CodeN = codeNumbers[Code];
  return CodeN === undefined ? { Code, Message } : { CodeN, Code, Message };
}

interface Body {
  readonly Error?: unknown;
  readonly Result?: unknown;
}

function reply(status: number, { Error, Result }: Body, { call, requestId }: EnvelopeFacts): Reply {
  const ResponseMetadata = {
    RequestId: requestId,
    Action: call.action,
    Version: call.version,
    Service: 'ecs',
    Region: call.region,
    ...(Error === undefined ? {} : { Error }),
  };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-tt-logid': requestId },
    body: JSON.stringify(Result === undefined ? { ResponseMetadata } : { ResponseMetadata, Result }),
  };
}
