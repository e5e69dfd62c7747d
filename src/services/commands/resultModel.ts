import { firstLook, type ResultLook } from '../../core/resultProtocol';
import { targetKey, type Target } from '../../core/target';
import type { Clock } from '../../util/clock';
import { Emitter, type Disposable } from '../../util/lifecycle';
import { HostTexts } from './hostTexts';
import type { OutputEncoding } from './output';
import type { ResultGroup } from './resultGroups';
import { mostOf, resultView, type ShownResult, type ViewContext } from './resultView';
import type { HostResult, ResultSource, RunResult } from './runResult';

/** While hosts answer, the view is drawn so often, in milliseconds. */
const paceMs = 150;

/** One view of a result: how a person looks at it, and what they see. */
export class ResultModel implements Disposable {
  readonly texts = new HostTexts();
  private look: ResultLook = firstLook;
  private known: ShownResult | undefined;
  private isWaiting = false;
  private readonly over = new AbortController();
  private readonly subscription: Disposable;
  private readonly changed = new Emitter<void>();
  /** Fires at most once in a while as long as the run goes on, and at once when it has ended. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly source: ResultSource,
    private readonly options: { readonly clock: Clock; readonly context: () => ViewContext },
  ) {
    this.subscription = source.onDidChange(() => this.sourceChanged());
  }

  get result(): RunResult {
    return this.source.current();
  }

  get mask(): boolean {
    return this.look.mask;
  }

  shown(): ShownResult {
    return (this.known ??= resultView(this.result, this.look, this.texts, this.options.context()));
  }

  lookAt(look: ResultLook): void {
    this.look = look;
    this.redraw();
  }

  /** Reads these outputs in another encoding from now on. */
  decodeAs(encoding: OutputEncoding, hosts: readonly HostResult[]): void {
    this.texts.decodeAs(encoding, hosts);
    this.redraw();
  }

  /** The group as it is now; undefined where it has changed. */
  group(key: string): ResultGroup | undefined {
    return this.shown().groups.find((group) => group.key === key);
  }

  /** What most of the others said. */
  most(group: ResultGroup): ResultGroup | undefined {
    return mostOf(this.shown().groups, group);
  }

  hosts(keys: readonly string[]): HostResult[] {
    const wanted = new Set(keys);
    return this.result.hosts.filter(({ key }) => wanted.has(key));
  }

  /** Something else that is shown has changed. */
  redraw(): void {
    this.known = undefined;
    this.changed.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.over.abort();
    this.changed.dispose();
  }

  private sourceChanged(): void {
    if (this.result.stage === 'ended') return this.redraw();
    if (this.isWaiting) return;
    this.isWaiting = true;
    const draw = (): void => {
      this.isWaiting = false;
      this.redraw();
    };
    // Whoever closes the view ends the wait.
    void this.options.clock.sleep(paceMs, this.over.signal).then(draw, () => undefined);
  }
}

/** The targets of hosts, each once. */
export function targetsOfHosts(hosts: readonly HostResult[]): Target[] {
  return [...new Map(hosts.map(({ target }) => [targetKey(target), target])).values()];
}
