import assert from 'node:assert/strict';
import { test } from 'node:test';
import { abortedAfter } from '../../../src/util/abort';
import { ManualClock } from '../support/manualClock';

for (const before of [false, true])
  test(`what is under way has a while after a cancel that came ${before ? 'before' : 'later'}, and no longer`, async () => {
    const clock = new ManualClock();
    const cancel = new AbortController();
    if (before) cancel.abort();
    const signal = abortedAfter(cancel.signal, { ms: 5_000, clock });
    if (!before) {
      await clock.advance(60_000);
      assert.equal(signal.aborted, false);
      cancel.abort();
    }
    await clock.advance(4_999);
    assert.equal(signal.aborted, false);
    await clock.advance(1);
    await clock.advance(0);
    assert.equal(signal.aborted, true);
  });
