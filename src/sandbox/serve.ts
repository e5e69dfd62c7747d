import type { Operation } from '../core/operation';
import { checkAlibaba, requireAlibabaSignature } from './alibaba/authenticate';
import type { Call } from './call';
import { identify } from './call';
import type { Fault } from './faults';
import type { Handler } from './handler';
import { handlerOf } from './handlers';
import type { Incoming } from './incoming';
import { checkParams } from './params';
import { Refusal, writeRefusal } from './refusal';
import type { EnvelopeFacts, Reply } from './reply';
import { refusalReply, successReply } from './reply';
import { openRequest, type OpenRequest } from './requestLog';
import { withExtraFields, withOddTypes } from './oddAnswers';
import { clockSkew, damaged, delayOf, has, pageInstead, refusalOf } from './applyFaults';
import { checkVolcengine, requireVolcengineSignature } from './volcengine/authenticate';
import type { World } from './state';
import { newRequestId } from './state';

/** What becomes of a request: an answer, silence for ever, or a broken connection. */
export type Outcome = { readonly reply: Reply; readonly date: Date } | 'silence' | 'reset';

/**
 * Serves one request. `signal` ends its waits when the caller or the sandbox is gone. Any page in a browser can send
 * requests here, so a call without a good signature is answered and forgotten.
 */
export async function serve(incoming: Incoming, world: World, signal: AbortSignal): Promise<Outcome> {
  const call = identify(incoming);
  const entry = openRequest(call, world.clock.now());
  if (!isSigned(call, world)) {
    const faults = world.faults.look(call);
    return outcomeOf({ call, entry, faults, now: serverTime(world, faults) }, world, signal);
  }
  world.log.add(entry);
  const faults = world.faults.take(call, entry.time);
  try {
    return await outcomeOf({ call, entry, faults, now: serverTime(world, faults) }, world, signal);
  } finally {
    world.log.close(entry);
  }
}

/** Whether a key of this sandbox signed the call; its time, token and nonce are looked at when it is carried out. */
function isSigned(call: Call, { keys }: World): boolean {
  try {
    if (call.provider === 'volcengine') requireVolcengineSignature(call, keys);
    else requireAlibabaSignature(call, keys);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** One request on its way through. */
interface Visit {
  readonly call: Call;
  readonly entry: OpenRequest;
  readonly faults: readonly Fault[];
  readonly now: Date;
}

async function outcomeOf(visit: Visit, world: World, signal: AbortSignal): Promise<Outcome> {
  const { faults, entry } = visit;
  if (has(faults, 'hang')) return 'silence';
  if (has(faults, 'resetBefore')) return 'reset';
  const reply = pageInstead(faults) ?? damaged(answer(visit, world), faults);
  if (has(faults, 'hangAfter')) return 'silence';
  if (has(faults, 'resetAfter')) return 'reset';
  const delay = delayOf(faults);
  if (delay > 0) await world.clock.sleep(delay, signal);
  entry.status = reply.status;
  return { reply, date: serverTime(world, faults) };
}

function serverTime(world: World, faults: readonly Fault[]): Date {
  return new Date(world.clock.now().getTime() + clockSkew(faults));
}

function answer(visit: Visit, world: World): Reply {
  const { call, entry, faults } = visit;
  const facts: EnvelopeFacts = {
    call,
    requestId: newRequestId(world, call.provider, visit.now),
    host: call.incoming.headers['host'] ?? '',
    format: has(faults, 'xml') && call.provider === 'alibabaCloud' ? 'xml' : call.format,
  };
  const handler = handlerOf(call);
  try {
    return successReply(reshaped(carryOut(handler, visit, world), faults), facts);
  } catch (error) {
    const refusal = toRefusal(error, entry);
    entry.code = refusal.code;
    return refusalReply(
      writeRefusal(refusal, call.provider, handler?.operation),
      facts,
      has(faults, 'lowerCaseErrors'),
    );
  }
}

/** A defect of the sandbox answers 500 like any server's, and is noted for whoever looks. */
function toRefusal(error: unknown, entry: OpenRequest): Refusal {
  if (error instanceof Refusal) return error;
  entry.defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Refusal('InternalError', { status: 500 });
}

function carryOut(handler: Handler | undefined, visit: Visit, world: World): Readonly<Record<string, unknown>> {
  const { call, faults, now } = visit;
  const kit = { keys: world.keys, nonces: world.nonces, now };
  const key = call.provider === 'volcengine' ? checkVolcengine(call, kit) : checkAlibaba(call, kit);
  const refusal = refusalOf(faults, call, handler?.operation);
  if (refusal !== undefined) throw refusal;
  if (handler === undefined) throw unknownAction(call);
  const params = checkParams(handler.operation, call);
  const context = {
    store: world.store,
    now,
    region: call.region,
    host: call.incoming.headers['host'] ?? '',
    accessKeyId: key.accessKeyId,
    releaseDelayMs: world.releaseDelayMs,
  };
  return onceByToken(handler.operation, call, world, () => handler.answer(params, context));
}

type Answer = Readonly<Record<string, unknown>>;

/** A rehearsal always ends in a refusal, so it never uses up a client token. */
function onceByToken(operation: Operation, call: Call, world: World, run: () => Answer): Answer {
  const token = call.params['ClientToken'];
  if (token === undefined || operation.effect === 'read') return run();
  const { provider, action, region, params } = call;
  return world.tokens.once({ provider, action, region, token, params }, run);
}

function unknownAction(call: Call): Refusal {
  if (call.provider === 'volcengine') {
    return new Refusal('InvalidActionOrVersion', { details: [call.action, call.version] });
  }
  if (call.action === '') return new Refusal('MissingAction', { message: 'Action is mandatory for this action.' });
  return new Refusal('InvalidAction.NotFound');
}

function reshaped(value: Answer, faults: readonly Fault[]): Answer {
  let result: unknown = value;
  for (const fault of faults) {
    if (fault.kind === 'oddTypes') result = withOddTypes(result, fault.what);
    if (fault.kind === 'extraFields') result = withExtraFields(result);
  }
  // Reshaping an object gives an object.
  return result as Answer;
}
