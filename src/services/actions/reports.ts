import type { Event, Disposable } from '../../util/lifecycle';
import { loadRuns } from '../journal/history';
import type { Journal } from '../journal/journal';
import type { RunRecord } from '../journal/runRecord';
import type { RunReport } from './report';
import { runOfReport } from './runOfReport';

/** Runs of every session as they stand now: from the journal, and from memory where it could not be written. */
export class Reports implements Disposable {
  private readonly incomplete = new Map<string, RunReport>();
  private readonly subscription: Disposable;

  constructor({ onDidRun }: { readonly onDidRun: Event<RunReport> }) {
    this.subscription = onDidRun((report) => {
      if (report.stopped !== undefined) this.incomplete.set(report.run, report);
    });
  }

  async run(id: string, journal: Pick<Journal, 'load' | 'ownRuns'>): Promise<RunRecord | undefined> {
    const report = this.incomplete.get(id);
    if (report !== undefined) return runOfReport(report);
    return (await loadRuns(journal)).runs.get(id);
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
