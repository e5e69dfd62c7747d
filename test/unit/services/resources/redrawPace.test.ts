import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RedrawPace } from '../../../../src/services/resources/redrawPace';
import { ManualClock } from '../../support/manualClock';

function create() {
  const clock = new ManualClock();
  const pace = new RedrawPace<string>(clock);
  const drawn: string[] = [];
  pace.onDidRedraw((nodes) => drawn.push(nodes === undefined ? 'all' : nodes.join()));
  return { clock, pace, drawn };
}

describe('the pace of redraws', () => {
  it('draws the first change at once', () => {
    const { pace, drawn } = create();
    pace.redraw(['a']);
    assert.deepEqual(drawn, ['a']);
  });

  it('gathers what follows quickly, each row once', async () => {
    const { clock, pace, drawn } = create();
    for (const node of ['a', 'b', 'c', 'b']) pace.redraw([node]);
    assert.deepEqual(drawn, ['a']);
    await clock.advance(250);
    assert.deepEqual(drawn, ['a', 'b,c']);
  });

  it('is not held back by pages that follow each other without a pause', async () => {
    const { clock, pace, drawn } = create();
    for (let page = 0; page < 100; page++) {
      pace.redraw(['list']);
      await clock.advance(10);
    }
    assert.equal(drawn.length, 5);
  });

  it('draws everything when everything changed', async () => {
    const { clock, pace, drawn } = create();
    pace.redraw(['a']);
    pace.redraw(['b']);
    pace.redraw(undefined);
    pace.redraw(['c']);
    await clock.advance(250);
    assert.deepEqual(drawn, ['a', 'all']);
  });

  it('draws nothing after its end', async () => {
    const { clock, pace, drawn } = create();
    pace.redraw(['a']);
    pace.redraw(['b']);
    pace.dispose();
    await clock.advance(1_000);
    assert.deepEqual(drawn, ['a']);
  });
});
