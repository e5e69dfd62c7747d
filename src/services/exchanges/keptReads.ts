import type { Exchange } from '../../core/exchange';
import type { Responses } from './exchangeLog';
import { groupReads, type ReadGroup } from './readGroups';

interface Index {
  readonly reads: readonly Exchange[];
  readonly groups: readonly ReadGroup[];
  readonly byFirst: ReadonlyMap<string, ReadGroup>;
  readonly byExchange: ReadonlyMap<string, ReadGroup>;
}

/** The calls of this session that only read, put in order when somebody looks at them and not before. */
export class KeptReads {
  private index: Index | undefined;

  constructor(private readonly responses: Pick<Responses, 'list'>) {}

  /** There are others now. */
  forget(): void {
    this.index = undefined;
  }

  /** Newest first, as all that follows. */
  all(): readonly Exchange[] {
    return this.known().reads;
  }

  groups(): readonly ReadGroup[] {
    return this.known().groups;
  }

  /** The group that began with this exchange. */
  group(first: string): ReadGroup | undefined {
    return this.known().byFirst.get(first);
  }

  /** The group an exchange is in. */
  groupOf(exchangeId: string): ReadGroup | undefined {
    return this.known().byExchange.get(exchangeId);
  }

  private known(): Index {
    return (this.index ??= indexOf(this.responses.list().filter(isRead)));
  }
}

/** Whether a call changed nothing: it only read, or it was a dry run. */
export function isRead({ effect, dryRun }: Exchange): boolean {
  return effect === 'read' || dryRun === true;
}

/** The exchange a group began with: it stays the same while pages follow. */
export function firstOf(group: ReadGroup): Exchange {
  return group.at(-1) ?? group[0];
}

function indexOf(reads: readonly Exchange[]): Index {
  const groups = groupReads(reads);
  return {
    reads,
    groups,
    byFirst: new Map(groups.map((group) => [firstOf(group).id, group])),
    byExchange: new Map(groups.flatMap((group) => group.map(({ id }) => [id, group]))),
  };
}
