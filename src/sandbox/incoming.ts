import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';

/** One request as it arrived, its body read. Header names are lower case. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The query as it came, with every repetition of a name. */
  readonly queryPairs: readonly (readonly [string, string])[];
  /** The fields of a form body; empty for other bodies. */
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const largestBody = 1_000_000;

export async function readIncoming(message: IncomingMessage): Promise<Incoming> {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const headers = headersOf(message);
  const body = await readBody(message);
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    queryPairs: [...url.searchParams],
    form: isForm ? Object.fromEntries(new URLSearchParams(body)) : {},
    headers,
    body,
  };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) throw new Refusal('RequestEntityTooLarge');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function headersOf(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = [value ?? ''].flat().join(', ');
  return headers;
}
