import * as z from 'zod/mini';
import { defineOperation, type Operation, strict } from '../../core/operation';
import { onePage } from '../../core/pager';
import type { RegionSource } from '../../core/provider';
import { isRegionId, regionName, type RegionNames } from '../../core/regionNames';
import { list, object, requiredText, text, viewOf } from '../../core/tolerant';
import { mapReadable } from '../../core/unreadable';
import { docs, ecs, ownerParams } from './api/product';
import { describeRegionsErrors } from './api/sharedErrors';

/** The regions an account may use. Needs no region itself, so it also serves to check new keys. */
export const describeRegions = defineOperation({
  action: 'DescribeRegions',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    AcceptLanguage: z.optional(z.string()),
    InstanceChargeType: z.optional(z.string()),
    ResourceType: z.optional(z.string()),
    ...ownerParams(),
  })),
  response: object({
    RequestId: text,
    Regions: list(object({ RegionId: requiredText, LocalName: text, RegionEndpoint: text, Status: text }), 'Region'),
  }),
  permission: 'ecs:DescribeRegions',
  errors: describeRegionsErrors,
  page: `${docs}describeregions`,
});

const answerOf = viewOf(describeRegions.response);

export const regions: RegionSource = {
  operation: describeRegions,
  region: undefined,
  params: (language) => ({ AcceptLanguage: acceptLanguage(language) }),
  pager: onePage,
  rows: (value, language) =>
    mapReadable(answerOf(value).Regions, ({ RegionId, LocalName }) => ({
      id: RegionId,
      name: LocalName?.trim() || regionName(regionNames, RegionId, language),
    })),
  nameOf: (id, language) => regionName(regionNames, id, language),
};

/**
 * The page of `DescribeRegions` lists seven languages, its error `InvalidAcceptLanguage.NotFound` allows three. We
 * speak two of those.
 */
function acceptLanguage(language: string): string {
  return language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US';
}

/** Used only where an answer has no name: which regions there are is for `DescribeRegions` to say. */
export const regionNames: RegionNames = {
  'cn-qingdao': ['China (Qingdao)', '华北1（青岛）'],
  'cn-beijing': ['China (Beijing)', '华北2（北京）'],
  'cn-zhangjiakou': ['China (Zhangjiakou)', '华北3（张家口）'],
  'cn-huhehaote': ['China (Hohhot)', '华北5（呼和浩特）'],
  'cn-wulanchabu': ['China (Ulanqab)', '华北6（乌兰察布）'],
  'cn-hangzhou': ['China (Hangzhou)', '华东1（杭州）'],
  'cn-shanghai': ['China (Shanghai)', '华东2（上海）'],
  'cn-nanjing': ['China (Nanjing - Local Region)', '华东5（南京-本地地域）'],
  'cn-fuzhou': ['China (Fuzhou - Local Region)', '华东6（福州-本地地域）'],
  'cn-wuhan-lr': ['China (Wuhan - Local Region)', '华中1（武汉-本地地域）'],
  'cn-shenzhen': ['China (Shenzhen)', '华南1（深圳）'],
  'cn-heyuan': ['China (Heyuan)', '华南2（河源）'],
  'cn-guangzhou': ['China (Guangzhou)', '华南3（广州）'],
  'cn-chengdu': ['China (Chengdu)', '西南1（成都）'],
  'cn-hongkong': ['China (Hong Kong)', '中国香港'],
  'ap-southeast-1': ['Singapore', '新加坡'],
  'ap-southeast-3': ['Malaysia (Kuala Lumpur)', '马来西亚（吉隆坡）'],
  'ap-southeast-5': ['Indonesia (Jakarta)', '印度尼西亚（雅加达）'],
  'ap-southeast-6': ['Philippines (Manila)', '菲律宾（马尼拉）'],
  'ap-southeast-7': ['Thailand (Bangkok)', '泰国（曼谷）'],
  'ap-northeast-1': ['Japan (Tokyo)', '日本（东京）'],
  'ap-northeast-2': ['South Korea (Seoul)', '韩国（首尔）'],
  'us-west-1': ['US (Silicon Valley)', '美国（硅谷）'],
  'us-east-1': ['US (Virginia)', '美国（弗吉尼亚）'],
  'na-south-1': ['Mexico', '墨西哥'],
  'eu-central-1': ['Germany (Frankfurt)', '德国（法兰克福）'],
  'eu-west-1': ['UK (London)', '英国（伦敦）'],
  'me-east-1': ['UAE (Dubai)', '阿联酋（迪拜）'],
  'me-central-1': ['SAU (Riyadh - Partner Region)', '沙特（利雅得-合作伙伴运营）'],
};

const hangzhou = 'ecs-cn-hangzhou.aliyuncs.com';
const central = 'ecs.aliyuncs.com';
const nebula = 'ecs.cn-qingdao-nebula.aliyuncs.com';

/** Regions whose host does not follow the rule, as in the endpoint map of the vendor's SDK `@alicloud/ecs20140526`. */
const exceptions: Readonly<Record<string, string>> = {
  'cn-hangzhou': hangzhou,
  'cn-shanghai-finance-1': hangzhou,
  'cn-shenzhen-finance-1': hangzhou,
  'cn-beijing-nu16-b01': hangzhou,
  'cn-fujian': hangzhou,
  'cn-haidian-cm12-c01': hangzhou,
  'cn-hangzhou-bj-b01': hangzhou,
  'cn-hangzhou-internal-prod-1': hangzhou,
  'cn-hangzhou-internal-test-1': hangzhou,
  'cn-hangzhou-internal-test-2': hangzhou,
  'cn-hangzhou-internal-test-3': hangzhou,
  'cn-hangzhou-test-306': hangzhou,
  'cn-shanghai-et15-b01': hangzhou,
  'cn-shanghai-et2-b01': hangzhou,
  'cn-shanghai-internal-test-1': hangzhou,
  'cn-shenzhen-st4-d01': hangzhou,
  'cn-shenzhen-su18-b01': hangzhou,
  'cn-zhangbei-na61-b01': hangzhou,
  'ap-northeast-2-pop': central,
  'cn-beijing-finance-pop': central,
  'cn-beijing-gov-1': central,
  'cn-hangzhou-finance': central,
  'cn-hongkong-finance-pop': central,
  'cn-north-2-gov-1': central,
  'cn-shanghai-inner': central,
  'cn-shenzhen-inner': central,
  'cn-wuhan': central,
  'cn-yushanfang': central,
  'cn-zhangbei': central,
  'rus-west-1-pop': central,
  'cn-edge-1': nebula,
  'cn-huhehaote-nebula-1': nebula,
  'cn-zhengzhou-nebula-1': nebula,
  'cn-zhangjiakou-na62-a01': 'ecs.cn-zhangjiakou.aliyuncs.com',
  'eu-west-1-oxs': 'ecs.cn-shenzhen-cloudstone.aliyuncs.com',
};

/**
 * Where calls of `operation` about `region` go, with scheme. With `vpc` the hosts inside the private network, which
 * are named by region only: calls without one go to that region. Throws `RangeError` when a region is not made of the
 * letters, digits and hyphens that region ids have: it becomes part of a host name.
 */
export function endpoint(operation: Operation, region: string | undefined, vpc?: string): string {
  const product = operation.product.code.toLowerCase();
  for (const id of [region, vpc])
    if (id !== undefined && !isRegionId(id)) throw new RangeError(`"${id}" is not a region id.`);
  if (vpc !== undefined) return `https://${product}-vpc.${region ?? vpc}.aliyuncs.com`;
  if (product === 'sts') return 'https://sts.aliyuncs.com';
  if (region === undefined) return `https://${central}`;
  const exception = Object.hasOwn(exceptions, region) ? exceptions[region] : undefined;
  return `https://${exception ?? `ecs.${region}.aliyuncs.com`}`;
}
