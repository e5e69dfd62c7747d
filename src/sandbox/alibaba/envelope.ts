import type { SandboxCloud } from '../cloud';
import type { WrittenRefusal } from '../refusal';
import type { EnvelopeFacts, Reply } from '../reply';
import { writeXml } from './xmlWriter';

export const envelope: Pick<SandboxCloud, 'success' | 'refusal'> = {
  success: (value, facts) =>
    reply(200, `${facts.call.action}Response`, { RequestId: facts.requestId, ...value }, facts),
  refusal: (refusal, facts, { lowerCase }) => {
    const fields = errorFields(refusal, facts);
    const { status, headers, body } = reply(refusal.status, 'Error', lowerCase ? smallInitials(fields) : fields, facts);
    return { status, headers: { ...headers, ...refusal.headers }, body };
  },
};

function errorFields({ code, message, extra }: WrittenRefusal, { requestId, host }: EnvelopeFacts) {
  const Recommend = `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&product=Ecs&requestId=${requestId}`;
  return { RequestId: requestId, HostId: host, Code: code, Message: message, Recommend, ...extra };
}

function smallInitials(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const rename = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [rename(name), value]));
}

function reply(status: number, root: string, fields: Readonly<Record<string, unknown>>, facts: EnvelopeFacts): Reply {
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
