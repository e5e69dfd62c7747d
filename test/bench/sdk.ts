import Ecs, { DescribeManagedInstancesRequest } from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import * as $dara from '@darabonba/typescript';

/** The official SDK, as its own samples build it. */
export function createSdk(endpoint: string): { listPage: () => Promise<unknown>; walk: () => Promise<number> } {
  const { host } = new URL(endpoint);
  const config = new $OpenApiUtil.Config({
    accessKeyId: 'benchid',
    accessKeySecret: 'benchsecret',
    endpoint: host,
    protocol: 'HTTP',
    regionId: 'cn-hangzhou',
  });
  const client = new Ecs(config);
  const runtime = new $dara.RuntimeOptions({});
  const page = (request: DescribeManagedInstancesRequest) =>
    client.describeManagedInstancesWithOptions(request, runtime);
  const listPage = (): Promise<unknown> =>
    page(new DescribeManagedInstancesRequest({ regionId: 'cn-hangzhou', pageNumber: 1, pageSize: 50 }));
  const walk = async (): Promise<number> => {
    let count = 0;
    let nextToken: string | undefined;
    do {
      const { body } = await page(
        new DescribeManagedInstancesRequest({ regionId: 'cn-hangzhou', maxResults: 50, nextToken }),
      );
      count += body?.instances?.length ?? 0;
      nextToken = body?.nextToken === '' ? undefined : body?.nextToken;
    } while (nextToken !== undefined);
    return count;
  };
  return { listPage, walk };
}
