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
/** What comes beyond the limit is read and dropped up to here, so that the refusal can be read; then it ends. */
const longestPatience = 4 * largestBody;
/** All bodies on their way to one server, together: whoever sends them has not shown a key yet. */
const mostAtOnce = 32 * largestBody;

/** Bytes of bodies that a server holds at the moment. */
export interface Held {
  bytes: number;
}

/** Throws `Refusal` for a body that is too large. */
export async function readIncoming(message: IncomingMessage, held: Held): Promise<Incoming> {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const headers = headersOf(message);
  const body = await readBody(message, held);
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

async function readBody(message: IncomingMessage, held: Held): Promise<string> {
  const parts: Buffer[] = [];
  if (Number(message.headers['content-length'] ?? 0) > longestPatience) throw new Refusal('RequestEntityTooLarge');
  let size = 0;
  try {
    // The connection must outlive the reading: the refusal is still to be written.
    for await (const part of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += part.length;
      held.bytes += part.length;
      if (size > longestPatience || held.bytes > mostAtOnce) throw new Refusal('RequestEntityTooLarge');
      if (size <= largestBody) parts.push(part);
    }
  } finally {
    held.bytes -= size;
  }
  if (size > largestBody) throw new Refusal('RequestEntityTooLarge');
  return Buffer.concat(parts).toString('utf8');
}

function headersOf(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = [value ?? ''].flat().join(', ');
  return headers;
}
