import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Transport } from '../../../../src/client/transport';
import type { Account } from '../../../../src/core/account';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { volcengine } from '../../../../src/providers/volcengine/provider';
import type { Outcome } from '../../../../src/services/journal/outcome';
import { planRemoval, remove } from '../../support/actions';
import { fakeAccount } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

interface Said {
  readonly status: number;
  readonly code: string;
}

/** How the cloud takes what is asked of it; `gone` tells whether the resource is away once its removal was asked for. */
interface Cloud {
  readonly removal?: Said;
  readonly dryRun?: Said;
  readonly gone?: boolean;
}

const refused = (code: string, status: number): Said => ({ code, status });

/** Alibaba Cloud with one host and one instance. */
function alibaba({ removal, dryRun = refused('DRYRUN.SUCCESS', 400), gone = false }: Cloud) {
  const asked: string[] = [];
  let isThere = true;
  const record = {
    InstanceId: 'x',
    InstanceName: 'web',
    Connected: false,
    Status: 'Stopped',
    DeletionProtection: false,
  };
  const list = { Instances: isThere ? [record] : [], TotalCount: 1 };
  const transport: Transport = {
    send: ({ headers, url }) => {
      const action = headers['x-acs-action'] ?? '';
      const isDryRun = url.includes('DryRun=true');
      asked.push(isDryRun ? `${action} DryRun` : action);
      const isRemoval = action.startsWith('De') && !action.startsWith('Describe') && !isDryRun;
      if (isRemoval && gone) isThere = false;
      const error = isDryRun ? dryRun : isRemoval ? removal : undefined;
      const value =
        action === 'GetCallerIdentity'
          ? { AccountId: '1', Arn: 'a' }
          : isThere
            ? list
            : { Instances: [], TotalCount: 0 };
      return Promise.resolve(
        error === undefined
          ? answer(200, { RequestId: 'r', ...(isRemoval ? {} : value) })
          : answer(error.status, { RequestId: 'r', Code: error.code, Message: 'No.' }),
      );
    },
    close: () => Promise.resolve(),
  };
  return { transport, asked, provider: alibabaCloud };
}

/** Volcengine with one instance; refusals of a removal stand inside its answer. */
function volc({ removal, dryRun = refused('DryRunOperation', 400), gone = false }: Cloud) {
  const asked: string[] = [];
  let isThere = true;
  const record = {
    InstanceId: 'x',
    InstanceName: 'web',
    Status: 'STOPPED',
    InstanceChargeType: 'PostPaid',
    DeletionProtection: false,
  };
  const transport: Transport = {
    send: ({ url }) => {
      const action = new URL(url).searchParams.get('Action') ?? '';
      asked.push(action);
      const metadata = { RequestId: 'r', Action: action };
      if (action === 'DeleteInstance')
        return Promise.resolve(
          answer(dryRun.status, { ResponseMetadata: { ...metadata, Error: { Code: dryRun.code, Message: 'No.' } } }),
        );
      if (action === 'DeleteInstances' && gone) isThere = false;
      const detail = {
        InstanceId: 'x',
        ...(removal === undefined ? {} : { Error: { Code: removal.code, Message: 'No.' } }),
      };
      const result =
        action === 'DeleteInstances' ? { OperationDetails: [detail] } : { Instances: isThere ? [record] : [] };
      return Promise.resolve(answer(200, { ResponseMetadata: metadata, Result: result }));
    },
    close: () => Promise.resolve(),
  };
  return { transport, asked, provider: volcengine };
}

function answer(status: number, body: object) {
  return { status, headers: {}, body: JSON.stringify(body) };
}

function place({ transport, provider }: ReturnType<typeof alibaba> | ReturnType<typeof volc>) {
  const account: Account = { ...fakeAccount('a'), provider: provider.id };
  return createWorkplace([account], {}, { providers: [provider], transport });
}

type Kind = 'managedInstance' | 'instance';

function targetIn(cloud: ReturnType<typeof alibaba> | ReturnType<typeof volc>, kind: Kind) {
  return { ...target('a', 'cn-beijing', 'x', kind), provider: cloud.provider.id };
}

describe('a refusal of one resource that is gone meanwhile', () => {
  function check(
    make: typeof alibaba | typeof volc,
    kind: Kind,
    said: Said,
    expected: readonly [gone: Outcome, there: Outcome],
  ): void {
    for (const [index, gone] of [true, false].entries()) {
      const outcome = expected[index];
      test(`${make === volc ? 'volcengine' : kind} ${said.code}, ${gone ? 'gone' : 'still there'}: ${outcome}`, async () => {
        const cloud = make({ removal: said, gone });
        const report = await remove(place(cloud).gate, [targetIn(cloud, kind)]);
        assert.deepEqual(
          report?.results.map((r) => [r.outcome, r.code]),
          [[outcome, said.code]],
        );
        if (outcome === 'already') assert.equal(report.results[0]?.advice, undefined, 'there is nothing left to do');
      });
    }
  }

  for (const kind of ['managedInstance', 'instance'] as const) {
    check(alibaba, kind, refused('Forbidden.InstanceNotFound', 404), ['already', 'refused']);
    check(alibaba, kind, refused('InvalidInstance.NotExist', 403), ['already', 'refused']);
    check(alibaba, kind, refused('InstanceReleased', 404), ['already', 'refused']);
    check(alibaba, kind, refused('IncorrectInstanceStatus', 403), ['already', 'refused']);
    check(alibaba, kind, refused('InvalidInstanceIds.ValueNotSupported', 403), ['already', 'refused']);
    check(alibaba, kind, refused('Forbidden.RAM', 403), ['refused', 'refused']);
  }
  check(volc, 'instance', refused('InvalidInstance.Gone', 200), ['already', 'refused']);
  check(volc, 'instance', refused('InvalidInstanceStatus', 200), ['already', 'refused']);
});

describe('a dry run', () => {
  function check(make: typeof alibaba | typeof volc, said: Said, verdict: string): void {
    test(`${make === volc ? 'volcengine' : 'alibaba'} ${said.code} (${said.status}) is ${verdict}`, async () => {
      const cloud = make({ dryRun: said, gone: true });
      const { gate } = place(cloud);
      const plan = await planRemoval(gate, [targetIn(cloud, 'instance')]);
      const [planned] = plan?.groups[0]?.targets ?? [];
      assert.equal(planned?.verdict, verdict);
      const codes = planned.findings.map(({ code }) => code);
      if (verdict === 'unclear') assert.ok(codes.includes('dryRunUnclear'), codes.join());
    });
  }

  /** About the call, or about the account as it is: nothing is said of the instance. */
  const ofTheCall = [
    refused('InvalidAction.NotFound', 404),
    refused('InvalidActionOrVersion', 404),
    refused('InvalidVersion', 400),
    refused('ServiceNotFound', 404),
    refused('InvalidRegionId.NotFound', 404),
    refused('UnsupportedRegion.NotSupported', 400),
    refused('InvalidParameter', 400),
    refused('InvalidParameter.DryRun', 400),
    refused('MissingParameter', 400),
    refused('InvalidArgument', 400),
    refused('QuotaExceed.Calls', 403),
    refused('Account.Arrearage', 403),
    refused('InvalidAccountStatus.NotEnoughBalance', 403),
    refused('RealNameAuthenticationError', 403),
    refused('NobodyKnows', 403),
    refused('NobodyKnows', 404),
    refused('NobodyKnows', 409),
  ];
  for (const make of [alibaba, volc]) for (const said of ofTheCall) check(make, said, 'unclear');
  check(volc, refused('AccessDenied', 403), 'unclear');
  check(volc, refused('InvalidAction.Unauthorized', 403), 'unclear');
  check(alibaba, refused('Forbidden.RAM', 403), 'refused');
  check(alibaba, refused('IncorrectInstanceStatus', 403), 'refused');
  check(volc, refused('InvalidInstanceStatus', 400), 'refused');
  check(volc, refused('InvalidInstance.NotFound', 404), 'refused');

  test('that is inconclusive leaves the deletion possible', async () => {
    const cloud = volc({ dryRun: refused('InvalidActionOrVersion', 404), gone: true });
    const report = await remove(place(cloud).gate, [targetIn(cloud, 'instance')]);
    assert.deepEqual(
      report?.results.map((r) => r.outcome),
      ['done'],
    );
  });
});
