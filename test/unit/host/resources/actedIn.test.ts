import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActedIn } from '../../../../src/host/resources/actedIn';

const here = { type: 'resource' };
const there = { type: 'resource' };

function viewOf(...args: readonly unknown[]): string {
  const acted = new ActedIn();
  acted.drew('resources', [here]);
  acted.drew('hosts', [there]);
  acted.note(args);
  return (['resources', 'hosts'] as const).filter((view) => acted.is(view)).join();
}

test('what is done was begun in the view whose row was clicked', () => {
  assert.equal(viewOf(here, [here]), 'resources');
  assert.equal(viewOf(there, undefined), 'hosts');
});

test('or whose selection it is about; the palette asks in Resources', () => {
  assert.equal(viewOf('selection:hosts'), 'hosts');
  for (const args of [['selection'], [], [undefined, []], [null]]) assert.equal(viewOf(...args), 'resources');
});

test('or in none: a row that looks the same is none of a view', () => {
  assert.equal(viewOf({ type: 'resource' }), '');
  assert.equal(viewOf(7), '');
  const acted = new ActedIn();
  acted.note([]);
  acted.forget();
  assert.equal(acted.is('resources'), false);
});
