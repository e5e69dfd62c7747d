import { placeKey, type Target } from '../../core/target';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Clouds } from '../accounts/ports';
import { cloudRunsIn } from '../journal/cloudRuns';
import type { Journal } from '../journal/journal';
import type { OwnRunBook } from '../views/ownRunBook';

export interface OwnRunsOptions {
  readonly journal: Pick<Journal, 'load' | 'onDidChange'>;
  readonly clouds: Clouds;
}

/** The journal joined to the clouds' records of runs. Reads the journal once somebody looks at such a record. */
export class OwnRuns implements OwnRunBook, Disposable {
  private known: ReadonlyMap<string, string> | undefined;
  private reading = false;
  private isBehind = false;
  private readonly changed = new Emitter<readonly Target[]>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: Disposable;

  constructor(private readonly options: OwnRunsOptions) {
    this.subscription = options.journal.onDidChange(() => {
      if (this.known !== undefined || this.reading) void this.read();
    });
  }

  of(target: Target): string | undefined {
    if (this.known === undefined) void this.read();
    return this.known?.get(keyOf(target, target.id));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async read(): Promise<void> {
    this.isBehind = true;
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.isBehind) {
        this.isBehind = false;
        await this.take();
      }
    } catch {
      // The Operations view says why the journal cannot be read.
      this.known ??= new Map();
    } finally {
      this.reading = false;
    }
  }

  private async take(): Promise<void> {
    const { records } = await this.options.journal.load();
    const byRun = new Map<string, string>();
    const news: Target[] = [];
    for (const { run, ...started } of startedIn(records)) {
      const place = { provider: started.provider, accountId: started.account.id, region: started.region };
      const key = keyOf(place, started.handle);
      byRun.set(key, run);
      const kind = this.options.clouds.all
        .find(({ id }) => id === place.provider)
        ?.kinds.find(({ results }) => results !== undefined);
      if (kind !== undefined && this.known?.get(key) !== run)
        news.push({ ...place, kind: kind.id, id: started.handle });
    }
    this.known = byRun;
    if (news.length > 0) this.changed.fire(news);
  }
}

type Records = Awaited<ReturnType<Journal['load']>>['records'];

function startedIn(records: Records) {
  const runs = new Map<string, Records[number][]>();
  for (const record of records) {
    if (record.type !== 'before' && record.type !== 'followed') continue;
    const own = runs.get(record.run);
    if (own === undefined) runs.set(record.run, [record]);
    else own.push(record);
  }
  return [...runs].flatMap(([run, own]) => cloudRunsIn(own).map((started) => ({ run, ...started })));
}

function keyOf(place: Parameters<typeof placeKey>[0], handle: string): string {
  return `${placeKey(place)}/${handle}`;
}
