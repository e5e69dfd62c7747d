import * as z from 'zod/mini';
import { kindIds, targetKey, type KindId, type Target } from '../../core/target';
import { Emitter, type Disposable } from '../../util/lifecycle';
import { parseFleetFilter, type FleetFilter } from './fleetFilter';
import type { Memory } from './ports';

/** Which lists are looked at; what is absent stands for all that are not hidden. */
export interface FleetScope {
  readonly accounts?: readonly string[] | undefined;
  /** As `regionKey` writes them. */
  readonly regions?: readonly string[] | undefined;
  /** Absent: the kinds whose resources are hosts. */
  readonly kinds?: readonly KindId[] | undefined;
}

/** Resources that were chosen one by one, and what they are called. */
export interface Only {
  readonly title: string;
  readonly targets: readonly Target[];
  readonly keys: ReadonlySet<string>;
}

const names = z.array(z.string()).check(z.minLength(1));
const scopeSchema = z.object({
  accounts: z.optional(names),
  regions: z.optional(names),
  kinds: z.optional(z.array(z.enum(kindIds)).check(z.minLength(1))),
});
const keys = { filter: 'fleet.filter', scope: 'fleet.scope' } as const;

/** The same text for a region in whichever account of a cloud. */
export function regionKey({ provider, region }: { readonly provider: string; readonly region: string }): string {
  return `${provider}/${region}`;
}

/** What the user wants to see of the flat list, kept for the workspace. What was kept and is no such thing is dropped. */
export class FleetView implements Disposable {
  private shownFilter: FleetFilter | undefined;
  private shownScope: FleetScope;
  private found: Only | undefined;
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {
    this.shownFilter = parseFleetFilter(memory.get(keys.filter));
    const scope = scopeSchema.safeParse(memory.get(keys.scope));
    this.shownScope = scope.success ? scope.data : {};
  }

  get filter(): FleetFilter | undefined {
    return this.shownFilter;
  }

  get scope(): FleetScope {
    return this.shownScope;
  }

  /** The only resources that are shown, and what they are called; not kept. */
  get only(): Only | undefined {
    return this.found;
  }

  /** Shows the rows as the filter would have them, without keeping it. */
  preview(filter: FleetFilter | undefined): void {
    const next = parseFleetFilter(filter);
    if (JSON.stringify(next) === JSON.stringify(this.shownFilter)) return;
    this.shownFilter = next;
    this.changed.fire();
  }

  async setFilter(filter: FleetFilter | undefined): Promise<void> {
    this.preview(filter);
    await this.memory.set(keys.filter, this.shownFilter);
  }

  /** Shows everything of the scope again. */
  async clear(): Promise<void> {
    this.found = undefined;
    this.shownFilter = undefined;
    this.changed.fire();
    await this.memory.set(keys.filter, undefined);
  }

  async setScope(scope: FleetScope): Promise<void> {
    this.shownScope = scope;
    this.changed.fire();
    await this.memory.set(keys.scope, scope);
  }

  /** Shows exactly these, wherever they are and whatever the filter was: it is off. */
  async showOnly(title: string, targets: readonly Target[]): Promise<void> {
    this.found = { title, targets, keys: new Set(targets.map(targetKey)) };
    this.shownFilter = undefined;
    this.changed.fire();
    await this.memory.set(keys.filter, undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
