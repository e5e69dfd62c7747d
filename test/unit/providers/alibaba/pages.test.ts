import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Operation } from '../../../../src/core/operation';
import { activation } from '../../../../src/providers/alibaba/activation/kind';
import { deleteActivation, describeActivations } from '../../../../src/providers/alibaba/activation/operations';
import { getCallerIdentity, identity } from '../../../../src/providers/alibaba/api/identity';
import { modifyInstanceAttribute } from '../../../../src/providers/alibaba/instance/attributeOperations';
import { ecsInstance } from '../../../../src/providers/alibaba/instance/kind';
import { deleteInstances, describeInstances } from '../../../../src/providers/alibaba/instance/operations';
import {
  rebootInstances,
  startInstances,
  stopInstances,
} from '../../../../src/providers/alibaba/instance/powerOperations';
import { managedInstance } from '../../../../src/providers/alibaba/managedInstance/kind';
import {
  deregisterManagedInstance,
  describeManagedInstances,
  modifyManagedInstance,
} from '../../../../src/providers/alibaba/managedInstance/operations';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { describeRegions, regions } from '../../../../src/providers/alibaba/regions';
import { removal } from '../../support/actions';

function fixture(name: string): string {
  return readFileSync(new URL(`../../../fixtures/alibabaCloud/${name}`, import.meta.url), 'utf8');
}

/** What the model holds after an answer of the vendor's page has gone the whole way. */
function decode(operation: Operation, name: string): unknown {
  const answer = alibabaCloud.wire.decode(operation, { status: 200, headers: {}, body: fixture(name) });
  assert.ok(answer.ok);
  return operation.response.parse(answer.value);
}

function checkPage(operation: Operation, name: string, expected: unknown): void {
  test(`the page's sample ${name} decodes field by field`, () => assert.deepEqual(decode(operation, name), expected));
}

const deregistered = {
  LastInvokedTime: '2021-01-20T09:00:40Z',
  Hostname: 'test-Hostname',
  InstanceId: 'mi-hz01axdfas****',
  ActivationId: '4ECEEE12-56F1-4FBC-9AB1-890F7494****',
  AgentVersion: '2.2.0.102',
  RegistrationTime: '2021-01-20T08:57:56Z',
  InstanceName: 'test-InstanceName-001',
  OsType: 'linux',
  OsVersion: 'Linux_#38~18.04.1-Ubuntu SMP Wed Jan 6 18:26:30 UTC 2021_x86_64',
  InvocationCount: 2,
  MachineId: 'e03231b37ab14e53b5795ad625fc****',
};
const requestId = '4ECEEE12-56F1-4FBC-9AB1-890F74942176';

checkPage(deregisterManagedInstance, 'deregisterManagedInstance.json', {
  RequestId: requestId,
  Instance: { ...deregistered, InternetIp: '47.8.**.**', IntranetIp: '10.0.**.**', ResourceGroupId: 'rg-123******' },
});
// The edition of 2021 writes the count as text, puts blanks into the addresses and has no resource group.
for (const name of ['deregisterManagedInstance.2021.json', 'deregisterManagedInstance.2021.xml']) {
  checkPage(deregisterManagedInstance, name, {
    RequestId: requestId,
    Instance: { ...deregistered, InternetIp: '47.8. **. **', IntranetIp: '10.0. **. **' },
  });
}

const activationRecord = {
  InstanceName: 'test-InstanceName',
  InstanceCount: 1,
  Description: 'This is description.',
  CreationTime: '2021-01-20T06:00:00Z',
  ActivationId: '4ECEEE12-56F1-4FBC-9AB1-890F1234****',
  TimeToLiveInHours: 4,
  IpAddressRange: '0.0.0.0/0',
};

for (const name of ['deleteActivation.json', 'deleteActivation.xml']) {
  checkPage(deleteActivation, name, {
    RequestId: requestId,
    Activation: { ...activationRecord, DeregisteredCount: 0, RegisteredCount: 0 },
  });
}
for (const name of ['deleteInstances.json', 'deleteInstances.xml']) {
  checkPage(deleteInstances, name, { RequestId: '7B7813C6-57BF-41XX-B12B-F172F65A6046' });
}
for (const name of ['modifyManagedInstance.json', 'modifyManagedInstance.xml']) {
  checkPage(modifyManagedInstance, name, {
    RequestId: '874C6289-9D18-5E1A-8A68-8AC11E6E57B3',
    Instance: { InstanceName: 'testInstanceName', InstanceId: 'mi-hz01nmcf****' },
  });
}
for (const name of ['modifyInstanceAttribute.json', 'modifyInstanceAttribute.xml']) {
  checkPage(modifyInstanceAttribute, name, { RequestId: '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E' });
}
// The samples of all three pages write the code as a number; a restart is told as stopping.
for (const [operation, PreviousStatus, CurrentStatus] of [
  [startInstances, 'Stopped', 'Starting'],
  [stopInstances, 'Running', 'Stopping'],
  [rebootInstances, 'Running', 'Stopping'],
] as const) {
  const name = `${operation.action.charAt(0).toLowerCase()}${operation.action.slice(1)}`;
  const InstanceId = 'i-bp1g6zv0ce8oghu7k***';
  for (const format of ['json', 'xml']) {
    checkPage(operation, `${name}.${format}`, {
      RequestId: '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E',
      InstanceResponses: [{ InstanceId, Code: '200', Message: 'success', PreviousStatus, CurrentStatus }],
    });
  }
}
for (const name of ['describeManagedInstances.json', 'describeManagedInstances.xml']) {
  checkPage(describeManagedInstances, name, {
    RequestId: '77115469-F2C5-4ECA-94F7-FA04F2FDC8F4',
    TotalCount: 1,
    PageSize: 10,
    PageNumber: 1,
    Instances: [
      {
        ActivationId: '3704F543-F768-43FA-9864-897F75B3****',
        AgentVersion: '2.2.0.102',
        Connected: true,
        Hostname: 'demo',
        InstanceId: 'mi-hz018jrc1o0****',
        InstanceName: 'webAPP-linux-01',
        InternetIp: '40.65. **. **',
        IntranetIp: '10.0. **. **',
        InvocationCount: 1,
        LastInvokedTime: '2021-01-20T09:00:40Z',
        MachineId: 'e03231b37ab14e53b5795ad625fc****',
        OsType: 'Linux',
        OsVersion: 'Linux_#38~18.04.1-Ubuntu SMP Wed Jan 6 18:26:30 UTC 2021_x86_64',
        RegistrationTime: '2021-01-20T08:57:56Z',
        Tags: [],
      },
    ],
  });
}
for (const name of ['describeActivations.json', 'describeActivations.xml']) {
  checkPage(describeActivations, name, {
    RequestId: requestId,
    TotalCount: 1,
    PageSize: 10,
    PageNumber: 1,
    ActivationList: [{ ...activationRecord, DeregisteredCount: 1, RegisteredCount: 1, Disabled: false, Tags: [] }],
  });
}
for (const name of ['describeInstances.json', 'describeInstances.xml']) {
  checkPage(describeInstances, name, {
    RequestId: '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E',
    TotalCount: 1,
    PageSize: 10,
    PageNumber: 1,
    NextToken: 'caeba0bbb2be03f84eb48b699f0a4883',
    Instances: [
      {
        InstanceId: 'i-bp67acfmxazb4p****',
        InstanceName: 'InstanceNameTest',
        Description: 'testDescription',
        HostName: 'testHostName',
        Status: 'Running',
        RegionId: 'cn-hangzhou',
        ZoneId: 'cn-hangzhou-g',
        ClusterId: 'c-bp67acfmxazb4p****',
        InstanceType: 'ecs.g5.large',
        InstanceTypeFamily: 'ecs.g5',
        Cpu: 8,
        Memory: 16384,
        GPUAmount: 4,
        GPUSpec: '',
        ImageId: 'm-bp67acfmxazb4p****',
        OSName: 'CentOS  7.4 64 位',
        OSNameEn: 'CentOS  7.4 64 bit',
        OSType: 'linux',
        CreationTime: '2017-12-10T04:04Z',
        StartTime: '2017-12-10T04:04Z',
        ExpiredTime: '2017-12-10T04:04Z',
        AutoReleaseTime: '2017-12-10T04:04Z',
        InstanceChargeType: 'PostPaid',
        InternetChargeType: 'PayByTraffic',
        InstanceNetworkType: 'vpc',
        InternetMaxBandwidthIn: 50,
        InternetMaxBandwidthOut: 5,
        StoppedMode: 'KeepCharging',
        SerialNumber: '51d1353b-22bf-4567-a176-8b3e12e4****',
        ResourceGroupId: 'rg-bp67acfmxazb4p****',
        DeploymentSetId: '',
        CreditSpecification: '',
        SpotStrategy: 'NoSpot',
        SpotPriceLimit: 0.98,
        SaleCycle: 'month',
        VlanId: '',
        DeletionProtection: false,
        IoOptimized: true,
        Recyclable: false,
        DeviceAvailable: true,
        PublicIpAddress: ['121.40.**.**'],
        InnerIpAddress: [],
        RdmaIpAddress: [],
        SecurityGroupIds: ['sg-bp67acfmxazb4p****'],
        Tags: [{ TagKey: 'TestKey', TagValue: 'TestValue' }],
        OperationLocks: [],
        NetworkInterfaces: [
          {
            Type: 'Primary',
            PrimaryIpAddress: '172.17.**.***',
            NetworkInterfaceId: 'eni-2zeh9atclduxvf1z****',
            MacAddress: '00:16:3e:32:b4:**',
            PrivateIpSets: [{ PrivateIpAddress: '172.17.**.**', Primary: true }],
            Ipv6Sets: [],
            Ipv4PrefixSets: [],
            Ipv6PrefixSets: [],
          },
        ],
        VpcAttributes: {
          PrivateIpAddress: ['172.17.**.**'],
          VpcId: 'vpc-2zeuphj08tt7q3brd****',
          VSwitchId: 'vsw-2zeh0r1pabwtg6wcs****',
          NatIpAddress: '172.17.**.**',
        },
        EipAddress: {
          AllocationId: 'eip-2ze88m67qx5z****',
          IpAddress: '42.112.**.**',
          InternetChargeType: 'PayByTraffic',
        },
        CpuOptions: { ThreadsPerCore: 2, Numa: '2', CoreCount: 4 },
        MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled' },
        DedicatedInstanceAttribute: { Tenancy: 'default', Affinity: 'default' },
        DedicatedHostAttribute: {
          DedicatedHostId: 'dh-bp67acfmxazb4p****',
          DedicatedHostName: 'testDedicatedHostName',
          DedicatedHostClusterId: 'dc-bp67acfmxazb4h****',
        },
        EcsCapacityReservationAttr: { CapacityReservationPreference: '', CapacityReservationId: '' },
      },
    ],
  });
}

test("the page's sample of DescribeRegions gives a region with the cloud's own name", () => {
  const rows = regions.rows(decode(describeRegions, 'describeRegions.json'), 'en');
  assert.deepEqual(rows, [{ id: 'cn-qingdao', name: 'China (Qingdao)' }]);
});

test('a sample of GetCallerIdentity tells the account and the caller', () => {
  assert.deepEqual(identity.read(decode(getCallerIdentity, 'getCallerIdentity.json')), {
    accountId: '112233445566',
    caller: 'acs:ram::112233445566:root',
  });
});

/** The parameters of a page's sample request, the placeholder for common ones left out. */
function sampleParams(name: string): Record<string, string> {
  const url = new URL(
    fixture(name)
      .replace(/\s*&\s*<.*>/s, '')
      .replace(/\s+/g, ''),
  );
  return Object.fromEntries(url.searchParams);
}

/** What our wire sends, with the action that V3 carries in a header. */
function sentParams(operation: Operation, params: Record<string, unknown>): Record<string, string> {
  const request = alibabaCloud.wire.encode({
    operation,
    params: operation.params.parse(alibabaCloud.wire.withRegion(operation, params, 'cn-hangzhou')),
    region: 'cn-hangzhou',
    endpoint: alibabaCloud.endpoint(operation, 'cn-hangzhou'),
    credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
    format: 'json',
    now: new Date('2026-01-02T03:04:05Z'),
    nonce: 'n',
  });
  return { Action: request.headers['x-acs-action'] ?? '', ...Object.fromEntries(new URL(request.url).searchParams) };
}

function checkRequest(name: string, operation: Operation, params: Record<string, unknown> | undefined): void {
  test(`our request has the parameters of ${name}`, () => {
    assert.ok(params !== undefined);
    // The page of DeleteInstances calls RegionId required and leaves it out of its sample.
    assert.deepEqual(sentParams(operation, params), { RegionId: 'cn-hangzhou', ...sampleParams(name) });
  });
}

const activationId = '4ECEEE12-56F1-4FBC-9AB1-890F1234****';
checkRequest(
  'deregisterManagedInstance.request.txt',
  deregisterManagedInstance,
  removal(managedInstance).params(['mi-hz01axdfas****'], {}),
);
checkRequest('deleteActivation.request.txt', deleteActivation, removal(activation).params([activationId], {}));
checkRequest(
  'deleteInstances.request.txt',
  deleteInstances,
  removal(ecsInstance).params(['i-bp1g6zv0ce8oghu7****'], {}),
);
checkRequest('describeManagedInstances.request.txt', describeManagedInstances, managedInstance.list.filter({}));
checkRequest('describeActivations.request.txt', describeActivations, activation.list.filter({ activationId }));
checkRequest('describeInstances.request.txt', describeInstances, {
  ...ecsInstance.list.numbered?.page(1),
  PageSize: 1,
});
