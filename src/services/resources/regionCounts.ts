import { isHost } from '../../core/kind';
import { placeKey, type Place } from '../../core/target';
import { sumOf, tallyWords, type Tally } from './tally';
import { shownLists, type TreeParts } from './treeParts';

/** What is known of the hosts of regions, said beside their names; and which of those words are drawn. */
export class RegionCounts {
  private readonly drawn = new Map<string, string>();

  constructor(
    private readonly parts: TreeParts,
    private readonly language: string,
  ) {}

  /** "24, 3 disconnected"; undefined where nothing is known. It is remembered as drawn. */
  draw(place: Place): string | undefined {
    const words = this.words(place);
    this.drawn.set(placeKey(place), words ?? '');
    return words;
  }

  /** Whether the words that are drawn are not true any more. */
  isStale(place: Place): boolean {
    const drawn = this.drawn.get(placeKey(place));
    return drawn !== undefined && drawn !== (this.words(place) ?? '');
  }

  private words(place: Place): string | undefined {
    const tally = this.tally(place);
    return tally && tallyWords(tally, this.language);
  }

  private tally(place: Place): Tally | undefined {
    const lists = shownLists(place, this.parts).filter(({ listing }) => listing?.unsupported !== true);
    const hosts = lists.filter(({ kind }) => kind !== undefined && isHost(kind));
    const known = hosts.flatMap(({ tally }) => tally ?? []);
    if (known.length === 0) return undefined;
    const { isAll, ...rest } = sumOf(known);
    return { ...rest, isAll: isAll && known.length === hosts.length };
  }
}
