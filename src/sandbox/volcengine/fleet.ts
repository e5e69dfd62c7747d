import type { FleetOptions, RegionPlan } from '../fleet';
import { growerOf } from '../fleet';
import type { Regions } from '../regions';
import { addCommands } from './commandFleet';
import { addInstances } from './instanceFleet';
import type { VolcengineRegion } from './region';
import { emptyRegion } from './region';

const regionPlans: readonly RegionPlan[] = [
  { id: 'cn-beijing', code: 'ye', share: 1 },
  { id: 'cn-shanghai', code: 'ys', share: 0.5 },
  { id: 'cn-guangzhou', code: 'yg', share: 0.4 },
  { id: 'cn-hongkong', code: 'yh', share: 0 },
  { id: 'ap-southeast-1', code: 'yj', share: 0.3 },
];

export function buildFleet(options: FleetOptions): Regions<VolcengineRegion> {
  return new Map(regionPlans.map((plan) => [plan.id, buildRegion(plan, options)]));
}

function buildRegion(plan: RegionPlan, options: FleetOptions): VolcengineRegion {
  const region = emptyRegion(plan.id, options.clock);
  addCommands(region, options.clock.now());
  addInstances(region, Math.ceil(14 * plan.share), growerOf(options, 'volcengine', plan, 'instance'));
  return region;
}
