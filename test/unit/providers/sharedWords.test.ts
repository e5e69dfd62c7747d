import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { providers } from '../../../src/providers';

const chinese = readFileSync(new URL('../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');
after(() => l10n.config({ contents: {} }));

/** What an action that several kinds share says of its progress and its outcome, in English and in Chinese. */
for (const [id, english, translated] of [
  ['startInstances', 'Start, Starting, Started up, started, already running', /启动/],
  ['stopInstances', 'Stop, Stopping, Stopped, stopped, already stopped', /停止/],
  ['restartInstances', 'Restart, Restarting, Restarted, restarted, already restarted', /重启/],
  ['rename', 'Rename, Renaming, Renamed, renamed, already named so', /重命名/],
] as const) {
  test(`${id} has the same words wherever it is offered`, () => {
    const actions = providers.flatMap(({ kinds }) =>
      kinds.flatMap((kind) => kind.actions.filter((one) => one.id === id)),
    );
    assert.ok(actions.length > 1);
    const said = () =>
      actions.map(({ words }) =>
        [words.button(), words.doing(), words.done(), words.outcome.done(), words.outcome.already()].join(', '),
      );
    l10n.config({ contents: {} });
    assert.deepEqual([...new Set(said())], [english]);
    l10n.config({ contents: chinese });
    const [word = '', ...others] = new Set(said());
    assert.deepEqual(others, []);
    assert.match(word, translated);
  });
}
