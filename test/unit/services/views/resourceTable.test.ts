import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { resourceTable, type TableRow } from '../../../../src/services/views/resourceTable';

const now = new Date('2026-01-02T12:00:00Z');

function row(
  kindId: 'managedInstance' | 'activation',
  id: string,
  record: Record<string, unknown> | undefined,
): TableRow {
  const kind = alibabaCloud.kinds.find((one) => one.id === kindId);
  assert.ok(kind !== undefined);
  const [item] = kind.list.items(kind.list.operation.response.parse({ Instances: record ? [record] : [] }));
  const target = { provider: 'alibabaCloud', accountId: 'a', region: 'cn-beijing', kind: kindId, id } as const;
  return { target, kind, item, account: 'prod', region: 'cn-beijing' };
}

const web = {
  InstanceId: 'mi-1',
  InstanceName: 'web',
  Connected: true,
  Hostname: 'web.local',
  IntranetIp: '10.0.0.1',
  InternetIp: '1.2.3.4',
};

function check(name: string, rows: readonly TableRow[], expected: readonly (readonly string[])[]): void {
  test(name, () =>
    assert.deepEqual(
      resourceTable(rows, now)
        .split('\n')
        .map((line) => line.split('\t')),
      expected,
    ),
  );
}

describe('resources as a table to be pasted', () => {
  const heading = ['Name', 'ID', 'State', 'Address', 'Host name', 'Kind', 'Region', 'Account'];
  check(
    'has a heading and every address',
    [row('managedInstance', 'mi-1', web)],
    [heading, ['web', 'mi-1', 'Connected', '10.0.0.1 1.2.3.4', 'web.local', 'managed instance', 'cn-beijing', 'prod']],
  );
  check(
    'leaves out columns that are empty',
    [row('managedInstance', 'mi-2', undefined)],
    [
      ['ID', 'Kind', 'Region', 'Account'],
      ['mi-2', 'managed instance', 'cn-beijing', 'prod'],
    ],
  );
  check(
    'keeps a cell one cell, which no spreadsheet runs',
    [row('managedInstance', 'mi-1', { ...web, InstanceName: '=1+1\t\n2', Hostname: '' })],
    [
      heading.filter((title) => title !== 'Host name'),
      ["'=1+1 2", 'mi-1', 'Connected', '10.0.0.1 1.2.3.4', 'managed instance', 'cn-beijing', 'prod'],
    ],
  );
});
