import { regionName } from '../../core/regionNames';
import { getCallerIdentity } from '../../providers/alibaba/api/identity';
import { describeRegions, regionNames } from '../../providers/alibaba/regions';
import type { Handler } from '../handler';
import { handle } from '../handler';
import { sandboxAccountId } from '../keys';
import { Refusal } from '../refusal';
import type { AlibabaRegion } from './region';

const languages = ['zh-CN', 'zh-TW', 'en-US', 'ja', 'fr', 'de', 'ko'];
const chargeTypes = ['PrePaid', 'PostPaid', 'SpotWithPriceLimit', 'SpotAsPriceGo'];
const resourceTypes = ['instance', 'disk', 'reservedinstance', 'scu'];

export const accountHandlers: readonly Handler<AlibabaRegion>[] = [
  handle(describeRegions, ({ AcceptLanguage = 'zh-CN', InstanceChargeType, ResourceType }, { regions, host }) => {
    if (!languages.includes(AcceptLanguage)) throw new Refusal('InvalidAcceptLanguage.NotFound');
    if (!chargeTypes.includes(InstanceChargeType ?? 'PostPaid')) throw new Refusal('Invalid.InstanceChargeType');
    if (!resourceTypes.includes(ResourceType ?? 'instance')) throw new Refusal('InvalidResourceType.NotFound');
    // The vendor answers its own hosts; a caller that follows this one stays in the sandbox.
    const Region = [...regions.keys()].map((RegionId) => ({
      RegionId,
      LocalName: regionName(regionNames, RegionId, AcceptLanguage),
      RegionEndpoint: host,
      Status: 'available',
    }));
    return { Regions: { Region } };
  }),
  handle(getCallerIdentity, (_params, { accessKeyId }) => {
    const role = accessKeyId.startsWith('STS.');
    return {
      AccountId: sandboxAccountId,
      Arn: `acs:${role ? 'sts' : 'ram'}::${sandboxAccountId}:${role ? 'assumed-role/sandbox/session' : 'user/sandbox'}`,
      IdentityType: role ? 'AssumedRoleUser' : 'RAMUser',
      PrincipalId: role ? '300000000000000001:session' : '200000000000000001',
      ...(role ? { RoleId: '300000000000000001' } : { UserId: '200000000000000001' }),
    };
  }),
];
