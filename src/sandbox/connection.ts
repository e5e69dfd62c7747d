import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl } from './controlRequests';
import type { Controls } from './controls';
import { readIncoming, type Held } from './incoming';
import { Refusal } from './refusal';
import type { Reply } from './reply';
import { serve } from './serve';
import { sameText } from './signature';
import type { SandboxState } from './state';
import { isFromElsewhere, type OwnNames } from './strangers';

/** What answering a request needs of the server it belongs to. */
export interface ServerContext {
  readonly state: SandboxState;
  readonly controls: Controls;
  /** The secret part of the path orders are taken at; undefined when none are. */
  readonly controlToken: string | undefined;
  readonly own: OwnNames;
  readonly held: Held;
  /** Aborts when the server ends. */
  readonly ended: AbortSignal;
}

/** One request and its answer. Never rejects: a caller that goes away is no failure. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: ServerContext,
): Promise<void> {
  const left = new AbortController();
  response.on('close', () => left.abort(new Error('The caller went away.')));
  try {
    const signal = AbortSignal.any([context.ended, left.signal]);
    await respond(request, response, context, signal);
  } catch (error) {
    if (error instanceof Refusal) last(response, plain(413), context);
    else request.destroy();
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  context: ServerContext,
  signal: AbortSignal,
): Promise<void> {
  // Nothing grants another origin anything either: no answer of ours has a CORS header, also none to OPTIONS.
  if (isFromElsewhere(request, context.own)) return last(response, plain(403), context);
  const incoming = await readIncoming(request, context.held);
  const { state, controls, controlToken } = context;
  if (incoming.path.startsWith('/_sandbox/')) {
    const [token, name = ''] = incoming.path.slice('/_sandbox/'.length).split('/');
    const allowed = controlToken !== undefined && sameText(token ?? '', controlToken);
    write(response, allowed ? answerControl(name, incoming, controls) : plain(404), state.clock.now());
    return;
  }
  const outcome = await serve(incoming, state, signal);
  if (outcome === 'reset') request.socket.resetAndDestroy();
  else if (outcome !== 'silence') write(response, outcome.reply, outcome.date);
}

function write(response: ServerResponse, reply: Reply, date: Date): void {
  if (response.destroyed) return;
  response.sendDate = false;
  response.writeHead(reply.status, {
    ...reply.headers,
    date: date.toUTCString(),
    'content-length': String(Buffer.byteLength(reply.body)),
  });
  response.end(reply.body);
}

/** Answers without reading what may still come. */
function last(response: ServerResponse, reply: Reply, { state }: ServerContext): void {
  write(response, { ...reply, headers: { ...reply.headers, connection: 'close' } }, state.clock.now());
}

function plain(status: number): Reply {
  return { status, headers: { 'content-type': 'text/plain' }, body: `${status}\n` };
}
