import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Item } from '../../../../src/core/item';
import { managedInstance } from '../../../../src/providers/alibaba/managedInstance/kind';
import type { FleetRow } from '../../../../src/services/fleet/fleetRows';
import { hostCsv } from '../../../../src/services/fleet/hostCsv';

function row(item: Item, accountId = 'a'): FleetRow {
  const id = managedInstance.identify(item);
  const target = { provider: 'alibabaCloud', accountId, region: 'cn-hangzhou', kind: 'managedInstance', id } as const;
  return { node: { type: 'resource', target }, kind: managedInstance, item, name: managedInstance.name(item) };
}

function csv(...items: readonly Item[]): string[] {
  const account = (id: string) => (id === 'a' ? { name: 'prod' } : undefined);
  return hostCsv(
    items.map((item) => row(item)),
    { account, now: new Date(0) },
  )
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter((line) => line !== '');
}

describe('the CSV of hosts', () => {
  it('has one line for every host, under headings that are the same in every language', () => {
    const [heading = '', line = '', ...rest] = csv({
      InstanceId: 'mi-1',
      InstanceName: 'web',
      Connected: false,
      IntranetIp: '10.0.0.7',
      OsType: 'Linux',
      AgentVersion: '2.2.3.1',
      RegistrationTime: '2026-01-02T03:04:05Z',
      Tags: [{ TagKey: 'team', TagValue: 'a' }],
    });
    assert.deepEqual(rest, []);
    assert.match(
      heading,
      /^provider,account,accountId,region,kind,id,name,state,addresses,os,tag,activation,resourceGroup,agentVersion,/,
    );
    assert.match(
      line,
      /^alibabaCloud,prod,a,cn-hangzhou,managedInstance,mi-1,web,disconnected,10\.0\.0\.7,linux,team=a,,,2\.2\.3\.1,/,
    );
    const columns = heading.split(',');
    assert.equal(line.split(',')[columns.indexOf('RegistrationTime')], '2026-01-02T03:04:05Z');
    assert.equal(new Set(columns).size, columns.length);
  });

  const defused = (name: string, expected: RegExp): void =>
    void it(`defuses ${JSON.stringify(name)}`, () =>
      assert.match(csv({ InstanceId: 'mi-1', InstanceName: name }).join('\n'), expected));
  defused('=1+1', /,'=1\+1,/);
  defused('+1', /,'\+1,/);
  defused('-1', /,'-1,/);
  defused('@x', /,'@x,/);
  defused('a;=HYPERLINK("x")', /,"a;'=HYPERLINK\(""x""\)",/);
  defused('a\t=1', /,"a\t'=1",/);
  defused('a\n=1', /,"a\n'=1",/);
  defused('"=1', /,"""'=1",/);

  it('has no secrets', () => {
    const text = csv({
      InstanceId: 'mi-1',
      InstanceName: 'LTAI5tAbCdEfGhIjKlMnOpQr',
      SecurityToken: 'x'.repeat(40),
    }).join();
    assert.ok(!text.includes('x'.repeat(40)));
  });
});
