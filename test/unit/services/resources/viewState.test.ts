import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RowView, type ViewChange } from '../../../../src/services/resources/viewState';
import { createMemory } from '../../support/memory';

function create(workspace: Record<string, unknown> = {}, everywhere: Record<string, unknown> = {}) {
  const memories = { workspace: createMemory(workspace), everywhere: createMemory(everywhere) };
  const view = new RowView(memories);
  const changes: ViewChange[] = [];
  view.onDidChange((change) => changes.push(change));
  return { view, changes, ...memories, again: () => new RowView(memories) };
}

describe('what the view shows', () => {
  it('is everything at first', () => {
    const { view } = create();
    assert.deepEqual(
      [view.filter, view.grouping, view.hidden('a')],
      [undefined, undefined, { regions: [], kinds: [] }],
    );
  });

  it('is the same after a restart', async () => {
    const { view, again } = create();
    await view.setFilter({ text: 'web', tag: { key: 'k' } });
    await view.setGrouping('tag:env');
    await view.hide('a', { regions: ['r-1'] });
    await view.hide('a', { kinds: ['activation'] });
    const later = again();
    assert.deepEqual(later.filter, { text: 'web', tag: { key: 'k' } });
    assert.equal(later.grouping, 'tag:env');
    assert.deepEqual(later.hidden('a'), { regions: ['r-1'], kinds: ['activation'] });
    assert.deepEqual(later.hidden('b'), { regions: [], kinds: [] });
  });

  it('keeps filter and grouping for the workspace, what is hidden for the account', async () => {
    const { view, workspace, everywhere } = create();
    await view.setFilter({ text: 'web' });
    await view.setGrouping('os');
    await view.hide('a', { regions: ['r-1'] });
    assert.deepEqual([workspace.kept.size, everywhere.kept.size], [2, 1]);
  });

  it('shows a preview and does not keep it', () => {
    const { view, again, changes } = create();
    view.preview({ text: 'w' });
    view.preview({ text: 'w' });
    assert.deepEqual([view.filter, changes.length, again().filter], [{ text: 'w' }, 1, undefined]);
  });

  it('is everything again when the filter is cleared', async () => {
    const { view, again, workspace } = create({ 'view.filter': { text: 'web' } });
    assert.deepEqual(view.filter, { text: 'web' });
    await view.setFilter(undefined);
    assert.deepEqual([view.filter, again().filter, workspace.kept.size], [undefined, undefined, 0]);
  });

  it('takes a filter without a word as none', async () => {
    const { view } = create();
    await view.setFilter({ text: '  ' });
    assert.equal(view.filter, undefined);
  });

  it('says what changed, and nothing when nothing did', async () => {
    const { view, changes } = create();
    await view.setFilter(undefined);
    await view.setGrouping(undefined);
    assert.deepEqual(changes, []);
    await view.setGrouping('os');
    await view.hide('a', { regions: [] });
    assert.deepEqual(changes, [{ what: 'grouping' }, { what: 'hidden', accountId: 'a' }]);
  });

  it('drops what was kept and is no such thing, and only that', () => {
    const hidden = { a: { regions: 'all' }, b: { regions: ['r'], kinds: [] }, c: { regions: [], kinds: ['disk'] } };
    const { view } = create({ 'view.filter': 7, 'view.grouping': 'colour' }, { 'view.hidden': hidden });
    assert.deepEqual([view.filter, view.grouping], [undefined, undefined]);
    assert.deepEqual(view.hidden('a').regions, []);
    assert.deepEqual(view.hidden('b').regions, ['r']);
    assert.deepEqual(view.hidden('c').kinds, []);
    for (const odd of [null, 'x', [1]]) assert.deepEqual(create({}, { 'view.hidden': odd }).view.hidden('a').kinds, []);
  });
});
