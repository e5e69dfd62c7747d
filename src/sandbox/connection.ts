import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl } from './control';
import type { Desk } from './controls';
import { readIncoming } from './incoming';
import { Refusal } from './refusal';
import type { Reply } from './reply';
import { serve } from './serve';
import type { World } from './state';

/** What a conversation needs of the server it belongs to. */
export interface House {
  readonly world: World;
  readonly desk: Desk;
  /** The secret part of the path orders are taken at; undefined when none are. */
  readonly controlToken: string | undefined;
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
    if (error instanceof Refusal) write(response, plain(413), house.world.clock.now());
    else request.destroy();
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  house: House,
  signal: AbortSignal,
): Promise<void> {
  const incoming = await readIncoming(request);
  const { world, desk, controlToken } = house;
  if (incoming.path.startsWith('/_sandbox/')) {
    const [token, name = ''] = incoming.path.slice('/_sandbox/'.length).split('/');
    const allowed = controlToken !== undefined && token === controlToken;
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

function plain(status: number): Reply {
  return { status, headers: { 'content-type': 'text/plain' }, body: `${status}\n` };
}
