import type { FleetOptions } from '../fleet';
import { growerOf } from '../fleet';
import { seededRandom } from '../random';
import type { Regions } from '../regions';
import { addCommands } from './commandFleet';
import type { AlibabaRegionPlan } from './fleetTables';
import { largeRegion, regionPlans } from './fleetTables';
import { addInstances } from './instanceFleet';
import { addAwkwardHosts, addManagedInstances, addSpareActivations } from './managedInstanceFleet';
import type { AlibabaRegion } from './region';
import { emptyRegion } from './region';

export function buildFleet(options: FleetOptions): Regions<AlibabaRegion> {
  return new Map(regionPlans.map((plan) => [plan.id, buildRegion(plan, options)]));
}

/** Registers `count` more hosts in a region, as if someone had just run the agent on them. */
export function grow(region: AlibabaRegion, count: number, options: FleetOptions): void {
  const code = regionPlans.find((plan) => plan.id === region.id)?.code ?? 'xx';
  const random = seededRandom(`${options.seed}/grow/${region.id}/${region.tables.managedInstance.size}`);
  addManagedInstances(region, count, { random, now: options.clock.now(), code }, count > 500 ? 1000 : 6);
}

function buildRegion(plan: AlibabaRegionPlan, options: FleetOptions): AlibabaRegion {
  const region = emptyRegion(plan.id, plan.hybrid, options.clock);
  if (plan.share === 0) return region;
  addCommands(region, options.clock.now());
  if (plan.hybrid) {
    const large = plan.id === largeRegion && options.large > 0;
    const count = large ? options.large : Math.ceil(options.size * plan.share);
    const managed = growerOf(options, 'alibabaCloud', plan, 'managedInstance');
    addManagedInstances(region, count, managed, large ? 1000 : 6);
    addSpareActivations(region, growerOf(options, 'alibabaCloud', plan, 'activation'));
    if (plan.share === 1) addAwkwardHosts(region);
  }
  addInstances(region, Math.ceil(16 * plan.share), growerOf(options, 'alibabaCloud', plan, 'instance'));
  return region;
}
