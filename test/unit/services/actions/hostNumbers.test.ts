import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunRecord, RunState } from '../../../../src/core/followed';
import { numberWords } from '../../../../src/services/actions/hostNumbers';

const record = (state: RunState, index: number): RunRecord => ({
  id: `i-${index}`,
  state,
  word: '',
  exitCode: undefined,
  output: undefined,
});

describe('what became of hosts that were asked to stop', () => {
  const check = (states: readonly RunState[], ended: readonly number[], expected: string): void =>
    void it(expected, () => {
      const before = new Set(ended.map((index) => `i-${index}`));
      assert.equal(numberWords(states.map(record), before), expected);
    });
  check([], [], 'Stopped before they began: 0. Finished all the same: 0. Still going on: 0.');
  check(
    ['stoppedBefore', 'stoppedBefore', 'succeeded', 'failed', 'running'],
    [],
    'Stopped before they began: 2. Finished all the same: 2. Still going on: 1.',
  );
  // Who had ended before did not finish in spite of it.
  check(
    ['succeeded', 'succeeded', 'timedOut', 'stopping'],
    [0],
    'Stopped before they began: 0. Finished all the same: 2. Still going on: 1.',
  );
  check(
    ['stopped', 'waiting', 'other'],
    [],
    'Stopped before they began: 0. Stopped while running: 1. Finished all the same: 0. Still going on: 2.',
  );
});
