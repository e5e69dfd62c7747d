import * as z from 'zod/mini';
import { providerIds } from '../core/account';
import { kindIds } from '../core/target';
import type { Controls } from './controls';
import { faultSchema } from './faults';
import { hostBehaviourSchema } from './hostBehaviour';
import type { Incoming } from './incoming';
import type { Reply } from './reply';

const provider = z.enum(providerIds);

const orders = {
  faults: z.array(faultSchema),
  state: z.strictObject({
    provider,
    region: z.string(),
    kind: z.enum(kindIds),
    id: z.string(),
    set: z.optional(z.record(z.string(), z.unknown())),
  }),
  host: z.strictObject({ provider, region: z.string(), id: z.string(), behaviour: hostBehaviourSchema }),
  fleet: z.strictObject({ region: z.string(), managedInstances: z.int().check(z.minimum(1), z.maximum(200_000)) }),
  token: z.strictObject({ provider, ms: z.number() }),
  transitions: z.strictObject({ ms: z.number().check(z.minimum(0)) }),
};

/**
 * Orders over HTTP, for tests in other processes: GET `requests`, `faults`, `state`; POST `faults` (a list that
 * replaces the present one), `state` (a change to one record), `host` (how a host behaves that is sent a command), `fleet` (hosts to register), `token` (a temporary key),
 * `transitions` (how long states last that are only passed through), `finish` (ends all of them), `reset`. Answers JSON: 400 says what is wrong with an order, 404 that there is nothing of this name.
 */
export function answerControl(name: string, incoming: Incoming, controls: Controls): Reply {
  try {
    const answer = incoming.method === 'POST' ? carryOut(name, incoming.body, controls) : read(name, controls);
    return answer === undefined ? json(404, { error: `There is no "${name}" here.` }) : json(200, answer);
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function read(name: string, controls: Controls): unknown {
  if (name === 'requests') return controls.requests();
  if (name === 'faults') return controls.faults();
  return name === 'state' ? controls.state() : undefined;
}

function carryOut(name: string, body: string, controls: Controls): unknown {
  if (name === 'reset') {
    controls.reset();
    return { done: true };
  }
  if (name === 'finish') {
    controls.finishTransitions();
    return { done: true };
  }
  const order: unknown = JSON.parse(body);
  switch (name) {
    case 'faults':
      controls.setFaults(orders.faults.parse(order));
      return controls.faults();
    case 'state':
      return { done: controls.change(withoutUndefined(orders.state.parse(order))) };
    case 'host':
      return { done: controls.setHost(orders.host.parse(order)) };
    case 'fleet': {
      const { region, managedInstances } = orders.fleet.parse(order);
      return { done: controls.grow(region, managedInstances) };
    }
    case 'token': {
      const wish = orders.token.parse(order);
      return controls.issueToken(wish.provider, wish.ms);
    }
    case 'transitions':
      controls.setTransitionMs(orders.transitions.parse(order).ms);
      return { done: true };
    default:
      return undefined;
  }
}

function withoutUndefined({ set, ...change }: z.output<typeof orders.state>): Parameters<Controls['change']>[0] {
  return set === undefined ? change : { ...change, set };
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
