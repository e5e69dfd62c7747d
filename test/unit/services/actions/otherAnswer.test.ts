import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Transport } from '../../../../src/client/transport';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { remove } from '../../support/actions';
import { fakeAccount } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

const mine = { InstanceId: 'mi-mine', InstanceName: 'web', Connected: false };
const listing = { Instances: [mine], TotalCount: 1 };

/** A cloud with one host, whose answer to the deregistration is `said`; `gone` tells whether the host really went. */
function cloudThatSays(said: object, gone: boolean): Transport {
  let hosts = [mine];
  const answers: Readonly<Record<string, () => object>> = {
    GetCallerIdentity: () => ({ AccountId: '1', Arn: 'acs:ram::1:root' }),
    DescribeManagedInstances: () => ({ Instances: hosts, TotalCount: hosts.length }),
    DeregisterManagedInstance: () => {
      if (gone) hosts = [];
      return said;
    },
  };
  return {
    send: ({ headers }) => {
      const answer = answers[headers['x-acs-action'] ?? '']?.() ?? assert.fail(headers['x-acs-action']);
      const body = JSON.stringify({ RequestId: 'r-1', ...answer });
      return Promise.resolve({ status: 200, headers: {}, body });
    },
    close: () => Promise.resolve(),
  };
}

describe('a host is called deregistered only by an answer about it, or after looking', () => {
  function check(name: string, said: object, gone: boolean, expected: string): void {
    test(`${name}, the host ${gone ? 'gone' : 'still there'}: ${expected}`, async () => {
      const outside = { providers: [alibabaCloud], transport: cloudThatSays(said, gone) };
      const { gate } = createWorkplace([fakeAccount('a')], {}, outside);
      const report = await remove(gate, [target('a', 'cn-hangzhou', 'mi-mine')]);
      assert.deepEqual(
        report?.results.map((r) => r.outcome),
        [expected],
      );
    });
  }

  check('an answer about it', { Instance: { InstanceId: 'mi-mine' } }, true, 'done');
  check('an answer that names nobody', {}, true, 'done');
  check('an answer about another', { Instance: { InstanceId: 'mi-OTHER' } }, false, 'unknown');
  check('an answer about another', { Instance: { InstanceId: 'mi-OTHER' } }, true, 'done');
  check("a list's answer", listing, false, 'unknown');
  check("a list's answer", listing, true, 'done');
});
