import type { RegionPlan } from './fleetTables';
import { alibabaRegionPlans, largeRegion, volcengineRegionPlans } from './fleetTables';
import { addEcsInstances } from './alibaba/fleetEcs';
import { addAwkwardHosts, addManagedInstances, addSpareActivations } from './alibaba/fleetManaged';
import { addVolcengineInstances } from './volcengine/fleet';
import { seededRandom } from './random';
import type { AlibabaRegion, Store, VolcengineRegion } from './store';
import { emptyAlibabaRegion, emptyVolcengineRegion } from './store';

export interface FleetOptions {
  readonly seed: string;
  /** Managed instances in the largest ordinary region; the others have a share of it. */
  readonly size: number;
  /** When above 0, so many managed instances in `largeRegion` instead of its share. */
  readonly large: number;
  readonly now: Date;
}

/** The fleet of a seed: the same seed, options and time give the same records, down to the last id. */
export function buildFleet(options: FleetOptions): Store {
  const alibaba = alibabaRegionPlans.map((plan) => [plan.id, buildAlibabaRegion(plan, options)] as const);
  const volcengine = volcengineRegionPlans.map((plan) => [plan.id, buildVolcengineRegion(plan, options)] as const);
  return { alibabaCloud: new Map(alibaba), volcengine: new Map(volcengine) };
}

/** Registers `count` more hosts in a region, as if someone had just run the agent on them. */
export function growRegion(region: AlibabaRegion, count: number, options: FleetOptions): void {
  const code = alibabaRegionPlans.find((plan) => plan.id === region.id)?.code ?? 'xx';
  const random = seededRandom(`${options.seed}/grow/${region.id}/${region.managedInstances.size}`);
  addManagedInstances(region, count, { random, now: options.now, code }, count > 500 ? 1000 : 6);
}

function buildAlibabaRegion(plan: RegionPlan, options: FleetOptions): AlibabaRegion {
  const region = emptyAlibabaRegion(plan.id, plan.hybrid === true);
  if (plan.share === 0) return region;
  // Each kind draws from its own source of chance: more of one does not change the others.
  const grower = (kind: string) => ({
    random: seededRandom(`${options.seed}/alibabaCloud/${plan.id}/${kind}`),
    now: options.now,
    code: plan.code,
  });
  if (region.hybrid) {
    const large = plan.id === largeRegion && options.large > 0;
    const count = large ? options.large : Math.ceil(options.size * plan.share);
    addManagedInstances(region, count, grower('managedInstance'), large ? 1000 : 6);
    addSpareActivations(region, grower('activation'));
    if (plan.share === 1) addAwkwardHosts(region);
  }
  addEcsInstances(region, Math.ceil(16 * plan.share), grower('instance'));
  return region;
}

function buildVolcengineRegion(plan: RegionPlan, options: FleetOptions): VolcengineRegion {
  const region = emptyVolcengineRegion(plan.id);
  const random = seededRandom(`${options.seed}/volcengine/${plan.id}/instance`);
  addVolcengineInstances(region, Math.ceil(14 * plan.share), { random, now: options.now, code: plan.code });
  return region;
}
