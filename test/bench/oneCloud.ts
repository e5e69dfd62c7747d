import type { Transport } from '../../src/client/transport';
import { composeCore } from '../../src/compose/core';
import type { Account } from '../../src/core/account';
import { alibabaCloud } from '../../src/providers/alibaba/provider';
import type { Accounts, Memory } from '../../src/services/accounts/ports';
import type { Prompter } from '../../src/services/actions/ports';
import { systemClock, type Clock } from '../../src/util/clock';
import { Emitter } from '../../src/util/lifecycle';
import { accountAt, callOptions } from './ours';

/** Where everything happens. */
export const place = { provider: 'alibabaCloud', accountId: 'bench', region: 'cn-hangzhou' } as const;

/** The extension's core over one account of one cloud, whose person says yes to everything. */
export function createOneCloud(endpoint: string, transport?: Transport, clock: Clock = systemClock) {
  let serial = 0;
  return composeCore({
    ...callOptions(transport),
    clock,
    providers: [alibabaCloud],
    accounts: () => ({ accounts: only(accountAt(endpoint)) }),
    language: 'en',
    newId: () => `bench-${process.pid}-${++serial}`,
    journal: { files: { list: () => Promise.resolve([]), append: () => Promise.resolve() }, fileName: 'bench.jsonl' },
    memory: { workspace: nothing, everywhere: nothing },
    policy: () => Promise.resolve({ decision: 'allow', reason: '' }),
    prompter: yes,
    settings: { typedConfirmationAbove: () => Infinity },
  });
}

function only(account: Account): Accounts {
  return { list: () => [account], get: () => account, onDidChange: new Emitter<void>().event };
}

const nothing: Memory = { get: () => undefined, set: () => Promise.resolve() };

const yes: Prompter = {
  withProgress: (_title, task) => task({ signal: new AbortController().signal, report: () => undefined }),
  ask: () => Promise.resolve(false),
  confirm: () => Promise.resolve('run'),
  goOn: () => Promise.resolve('goOn'),
  confirmTyped: () => Promise.resolve(true),
  explainNothingToDo: () => Promise.resolve(undefined),
  refuse: (message) => Promise.reject(new Error(message)),
};
