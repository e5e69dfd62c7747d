import { describeRegions } from '../../providers/volcengine/regions';
import type { Handler } from '../handler';
import { handle } from '../handler';
import { pageOf } from '../paging';
import type { VolcengineRegion } from './region';

export const regionHandlers: readonly Handler<VolcengineRegion>[] = [
  handle(describeRegions, ({ RegionIds, MaxResults = 10, NextToken }, { regions }) => {
    const ids = [...regions.keys()].filter((id) => RegionIds?.includes(id) ?? true);
    const entries = ids.map((id, index) => ({ place: index + 1, id, value: { RegionId: id } }));
    const request = { RegionIds, MaxResults, NextToken };
    const page = pageOf(entries, request, { badToken: 'InvalidArgument', largest: 100 });
    return { Regions: page.items, NextToken: page.NextToken };
  }),
];
