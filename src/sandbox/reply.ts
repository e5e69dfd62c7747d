import type { Call } from './call';
import type { WrittenRefusal } from './refusal';
import { writeXml } from './xmlWriter';

/** An HTTP answer before it is written. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What every envelope names. */
export interface EnvelopeFacts {
  readonly call: Call;
  readonly requestId: string;
  readonly host: string;
  readonly format: 'json' | 'xml';
}

/** A success in the cloud's envelope. */
export function successReply(value: Readonly<Record<string, unknown>>, facts: EnvelopeFacts): Reply {
  return facts.call.provider === 'volcengine'
    ? volcengineReply(200, { Result: value }, facts)
    : alibabaReply(200, `${facts.call.action}Response`, { RequestId: facts.requestId, ...value }, facts);
}

/** A refusal in the cloud's envelope. */
export function refusalReply(refusal: WrittenRefusal, facts: EnvelopeFacts, lowerCase = false): Reply {
  const { code, message, status, headers } = refusal;
  const reply =
    facts.call.provider === 'volcengine'
      ? volcengineReply(status, { Error: volcengineError(code, message) }, facts)
      : alibabaReply(status, 'Error', smallInitials(alibabaError(refusal, facts), lowerCase), facts);
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

function alibabaError({ code, message, extra }: WrittenRefusal, { requestId, host }: EnvelopeFacts) {
  const Recommend = `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&product=Ecs&requestId=${requestId}`;
  return { RequestId: requestId, HostId: host, Code: code, Message: message, Recommend, ...extra };
}

function smallInitials(fields: Readonly<Record<string, unknown>>, lowerCase: boolean): Record<string, unknown> {
  const rename = (name: string): string => (lowerCase ? name.charAt(0).toLowerCase() + name.slice(1) : name);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [rename(name), value]));
}

function alibabaReply(
  status: number,
  root: string,
  fields: Readonly<Record<string, unknown>>,
  facts: EnvelopeFacts,
): Reply {
  const json = facts.format === 'json';
  return {
    status,
    headers: {
      'content-type': json ? 'application/json;charset=utf-8' : 'text/xml;charset=utf-8',
      'x-acs-request-id': facts.requestId,
    },
    body: json ? JSON.stringify(fields) : writeXml(root, fields),
  };
}

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

function volcengineError(Code: string, Message: string) {
  const CodeN = codeNumbers[Code];
  return CodeN === undefined ? { Code, Message } : { CodeN, Code, Message };
}

interface VolcengineBody {
  readonly Error?: unknown;
  readonly Result?: unknown;
}

function volcengineReply(status: number, { Error, Result }: VolcengineBody, { call, requestId }: EnvelopeFacts): Reply {
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
