import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl } from './control';
import type { Desk } from './controls';
import { readIncoming, type Held } from './incoming';
import { Refusal } from './refusal';
import type { Reply } from './reply';
import { serve } from './serve';
import { sameText } from './signature';
import { isFromElsewhere, type OwnNames } from './strangers';
import type { World } from './state';

/** What a conversation needs of the server it belongs to. */
export interface House {
  readonly world: World;
  readonly desk: Desk;
  /** The secret part of the path orders are taken at; undefined when none are. */
  readonly controlToken: string | undefined;
  readonly own: OwnNames;
  readonly held: Held;
  /** Aborts when the server ends. */
  readonly ended: AbortSignal;
}

/** One request and its answer. Never rejects: a caller that goes away is no failure. */
export async function converse(request: IncomingMessage, response: ServerResponse, house: House): Promise<void> {
  const left = new AbortController();
  response.on('close', () => left.abort(new Error('The caller went away.')));
  try {
    const signal = AbortSignal.any([house.ended, left.signal]);
    await respond(request, response, house, signal);
  } catch (error) {
    if (error instanceof Refusal) last(response, plain(413), house);
    else request.destroy();
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  house: House,
  signal: AbortSignal,
): Promise<void> {
  // Nothing grants another origin anything either: no answer of ours has a CORS header, also none to OPTIONS.
  if (isFromElsewhere(request, house.own)) return last(response, plain(403), house);
  const incoming = await readIncoming(request, house.held);
  const { world, desk, controlToken } = house;
  if (incoming.path.startsWith('/_sandbox/')) {
    const [token, name = ''] = incoming.path.slice('/_sandbox/'.length).split('/');
    const allowed = controlToken !== undefined && sameText(token ?? '', controlToken);
    write(response, allowed ? answerControl(name, incoming, desk) : plain(404), world.clock.now());
    return;
  }
  const outcome = await serve(incoming, world, signal);
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
function last(response: ServerResponse, reply: Reply, { world }: House): void {
  write(response, { ...reply, headers: { ...reply.headers, connection: 'close' } }, world.clock.now());
}

function plain(status: number): Reply {
  return { status, headers: { 'content-type': 'text/plain' }, body: `${status}\n` };
}
