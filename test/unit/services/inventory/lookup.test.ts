import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudError } from '../../../../src/core/cloudError';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { readNamed } from '../../../../src/services/inventory/lookup';

const kind = alibabaCloud.kinds.find(({ id }) => id === 'instance') ?? assert.fail();

/** What is read of `i-1` and `i-2` when the cloud answers with these pages, one after the other. */
async function read(...pages: readonly Record<string, unknown>[]) {
  const asked: Record<string, unknown>[] = [];
  const found = await readNamed(kind, ['i-1', 'i-2'], (params) => {
    asked.push(params);
    const page = pages[asked.length - 1] ?? assert.fail('asked too often');
    return Promise.resolve({ value: kind.list.operation.response.parse({ RequestId: 'r', ...page }) });
  });
  return { ids: [...found.keys()], asked };
}

function check(name: string, pages: readonly Record<string, unknown>[], ids: readonly string[], calls = pages.length) {
  test(name, async () => {
    const { ids: found, asked } = await read(...pages);
    assert.deepEqual([found, asked.length], [ids, calls]);
  });
}

function refuses(name: string, message: RegExp, ...pages: readonly Record<string, unknown>[]): void {
  test(name, async () => {
    await assert.rejects(
      read(...pages),
      (error) => CloudError.is(error, 'unexpectedAnswer') && message.test(error.message),
    );
  });
}

const rows = (...ids: readonly string[]) => ({ Instances: { Instance: ids.map((InstanceId) => ({ InstanceId })) } });

check('all that were asked for', [rows('i-1', 'i-2')], ['i-1', 'i-2']);
check('one that does not exist', [{ ...rows('i-1'), TotalCount: 1 }], ['i-1']);
check('a total of a paging that does not count', [{ ...rows('i-1'), TotalCount: 0 }], ['i-1']);
check('a second page', [{ ...rows('i-1'), NextToken: 't' }, rows('i-2')], ['i-1', 'i-2']);
check('no second page once all are there', [{ ...rows('i-1', 'i-2'), NextToken: 't' }], ['i-1', 'i-2']);
check('an empty page with a token is not the end', [{ ...rows(), NextToken: 't' }, rows('i-2')], ['i-2']);

test('the next page is asked for with its token and the same ids', async () => {
  const { asked } = await read({ ...rows('i-1'), NextToken: 't' }, rows('i-2'));
  assert.equal(asked[1]?.['NextToken'], 't');
  assert.equal(asked[1]['InstanceIds'], asked[0]?.['InstanceIds']);
});

refuses('fewer rows than the cloud says there are', /not complete/, { ...rows('i-1'), TotalCount: 2 });
refuses('the same page for ever', /not complete/, { ...rows(), NextToken: 't' }, { ...rows(), NextToken: 't' });
refuses('others than those asked for', /answered with others/, rows('i-1', 'i-9'));
refuses('a record whose id cannot be read: it may be the one that is missing', /not complete/, {
  Instances: { Instance: [{ InstanceId: 'i-1' }, { InstanceId: { Odd: 1 } }] },
});
refuses('a token that cannot be read', /not complete/, { ...rows('i-1'), NextToken: { Odd: 1 } });
check(
  'a record whose id cannot be read, beside all that were asked for',
  [{ Instances: { Instance: [...rows('i-1', 'i-2').Instances.Instance, {}] } }],
  ['i-1', 'i-2'],
);
