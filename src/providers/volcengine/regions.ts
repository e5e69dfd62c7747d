import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { defineOperation, documented, type Operation, strict } from '../../core/operation';
import { tokenPager } from '../../core/pager';
import type { RegionSource } from '../../core/provider';
import { regionName, type RegionNames } from '../../core/regionNames';
import { list, object, requiredText, text, viewOf } from '../../core/tolerant';
import { mapReadable } from '../../core/unreadable';
import { docs, ecs } from './api/product';
import { invalidArgument } from './instance/errors';

/** The regions an account may use: ids only, so names come from our table. Also serves to check new keys. */
export const describeRegions = defineOperation({
  action: 'DescribeRegions',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    RegionIds: z.optional(z.array(z.string()).check(z.maxLength(20))),
    MaxResults: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
    NextToken: z.optional(z.string()),
  })),
  response: object({ Regions: list(object({ RegionId: requiredText })), NextToken: text }),
  permission: 'ecs:DescribeRegions',
  errors: {
    InvalidArgument: invalidArgument,
    'LimitExceeded.MaximumRegionIds': documented(400, 'The maximum number of RegionIds is exceeded.', 'invalid', () =>
      l10n.t('At most 20 regions can be asked for in one call.'),
    ),
  },
  page: `${docs}1053194`,
});

const pageSize = 20;

/** The region of the vendor's own clients when none is chosen; any region of the site answers with all of them. */
const homeRegion = 'cn-beijing';

const answerOf = viewOf(describeRegions.response);

/** All regions, 20 a page. */
export const regions: RegionSource = {
  operation: describeRegions,
  region: homeRegion,
  params: () => ({}),
  pager: tokenPager(pageSize, (value) => answerOf(value).NextToken),
  rows: (value, language) =>
    mapReadable(answerOf(value).Regions, ({ RegionId }) => ({
      id: RegionId,
      name: regionName(regionNames, RegionId, language),
    })),
  nameOf: (id, language) => regionName(regionNames, id, language),
};

/** Chinese names as on https://www.volcengine.com/docs/6645/1275704; the English ones are translations. */
export const regionNames: RegionNames = {
  'cn-beijing': ['North China 2 (Beijing)', '华北2（北京）'],
  'cn-beijing2': ['North China 3 (Beijing)', '华北3（北京）'],
  'cn-datong': ['North China 4 (Datong)', '华北4（大同）'],
  'cn-wulanchabu': ['North China 5 (Ulanqab)', '华北5（乌兰察布）'],
  'cn-shanghai': ['East China 2 (Shanghai)', '华东2（上海）'],
  'cn-guangzhou': ['South China 1 (Guangzhou)', '华南1（广州）'],
  'cn-hongkong': ['Hong Kong, China', '中国香港'],
  'ap-southeast-1': ['Asia Pacific SE (Johor)', '亚太东南（柔佛）'],
  'ap-southeast-3': ['Asia Pacific SE (Jakarta)', '亚太东南（雅加达）'],
};

/** Regions that the vendor's clients reach at a host of their own; the common host serves all others. */
const regionsWithOwnHost: ReadonlySet<string> = new Set([
  'cn-beijing-autodriving',
  'cn-beijing-selfdrive',
  'cn-shanghai-autodriving',
  'ap-southeast-2',
  'ap-southeast-3',
]);

/** Where calls of `operation` about `region` go, with scheme. */
export function endpoint(operation: Operation, region: string | undefined): string {
  if (region === undefined || !regionsWithOwnHost.has(region)) return 'https://open.volcengineapi.com';
  return `https://${operation.product.code}.${region}.volcengineapi.com`;
}
