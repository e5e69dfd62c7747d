import * as l10n from '@vscode/l10n';
import type { ResultDoing, ResultRequest, RunDoing } from '../../core/resultProtocol';
import type { Target } from '../../core/target';
import type { Gate } from '../../services/actions/gate';
import { HostTexts } from '../../services/commands/hostTexts';
import { outputEncodings, type OutputEncoding } from '../../services/commands/output';
import { encodingName } from '../../services/commands/outputNotes';
import { exportFormats, exportResult, type ExportFormat } from '../../services/commands/resultExport';
import { targetsOfHosts, type ResultModel } from '../../services/commands/resultModel';
import { comparableRun, comparableText, hostsText } from '../../services/commands/resultText';
import { againChoices } from '../../services/commands/runAgain';
import type { HostResult, ResultSource, RunResult } from '../../services/commands/runResult';
import { formatTime } from '../../util/format';
import { oneLine } from '../../util/plainText';
import type { Performer } from '../actions/perform';
import { UserError } from '../contract/errors';
import { copy } from '../ui/copy';
import { pickMany, pickOne, type Choice } from '../ui/steps';
import type { OutputDocuments } from './outputDocuments';

export interface ResultActionDeps {
  readonly gate: Pick<Gate, 'retry'>;
  readonly performer: Pick<Performer, 'act'>;
  readonly outputDocuments: OutputDocuments;
  /** Shows exactly these hosts, and remembers them for the next plan. */
  readonly mark: (targets: readonly Target[]) => Promise<void>;
  /** What else can be compared. */
  readonly others: (id: string) => readonly RunResult[];
  readonly language: string;
  readonly show: (error: unknown) => Promise<void>;
}

/** Does what the page of a result asks for. */
export class ResultActions {
  constructor(
    private readonly model: ResultModel,
    private readonly source: ResultSource,
    private readonly deps: ResultActionDeps,
  ) {}

  async carryOut(request: Exclude<ResultRequest, { name: 'look' }>): Promise<void> {
    switch (request.name) {
      case 'run':
        return this.run(request.do);
      case 'group':
        return this.group(request.do, request.group);
      case 'hosts':
        return this.hosts(request.do, this.model.hosts(request.hosts));
      default: {
        const never: never = request;
        return never;
      }
    }
  }

  private async run(doing: RunDoing): Promise<void> {
    const { control } = this.source;
    switch (doing) {
      case 'pause':
        return control?.pause();
      case 'goOn':
        return control?.goOn();
      case 'stop':
        return control?.stop();
      case 'runAgain':
        return this.runAgain();
      case 'copyAs':
        return this.copyAs();
      case 'openAll':
        return this.open(this.model.shown().hosts);
      case 'compareRuns':
        return this.compareRuns();
      default: {
        const never: never = doing;
        return never;
      }
    }
  }

  private group(doing: ResultDoing, key: string): Promise<void> {
    const group = this.model.group(key);
    if (group === undefined) throw new UserError(l10n.t('This group has just changed. Look again.'));
    if (doing !== 'compare') return this.hosts(doing, group.hosts);
    const [most] = this.model.most(group)?.hosts ?? [];
    const [first] = group.hosts;
    if (most === undefined || first === undefined) throw new UserError(l10n.t('There is nothing to compare it with.'));
    return this.compare(most, first);
  }

  private async hosts(doing: ResultDoing, hosts: readonly HostResult[]): Promise<void> {
    switch (doing) {
      case 'mark':
        return this.deps.mark(targetsOfHosts(hosts));
      case 'open':
        return this.open(hosts);
      case 'compare': {
        const [left, right, ...more] = hosts;
        if (left === undefined || right === undefined || more.length > 0)
          throw new UserError(l10n.t('Choose two hosts to compare.'));
        return this.compare(left, right);
      }
      case 'decode':
        return this.decode(hosts);
      default: {
        const never: never = doing;
        return never;
      }
    }
  }

  private open(hosts: readonly HostResult[]): Promise<void> {
    const { texts, mask } = this.model;
    const [only] = hosts;
    if (only === undefined) throw new UserError(l10n.t('No host matches the filter.'));
    const title =
      hosts.length === 1
        ? l10n.t('Output of {0}', oneLine(only.name, 60))
        : l10n.t('Output of {0} instances', hosts.length);
    // As it is now: what comes later is another output.
    const text = hostsText(hosts, texts, mask && hosts.length > 1);
    return this.deps.outputDocuments.open({ title, text: () => text });
  }

  private compare(left: HostResult, right: HostResult): Promise<void> {
    const { texts, mask } = this.model;
    const textOf = (host: HostResult) => {
      const text = comparableText(host, texts, mask);
      return { title: oneLine(host.name, 60), text: () => text };
    };
    return this.deps.outputDocuments.compare(textOf(left), textOf(right));
  }

  private async compareRuns(): Promise<void> {
    const { result, texts } = this.model;
    const others = this.deps.others(result.id);
    const answer = await pickOne<RunResult>({
      title: l10n.t('Compare with another run'),
      placeholder: l10n.t('Which run?'),
      empty: l10n.t('There is no other run in this window.'),
      load: () => Promise.resolve(others.map((other) => this.runChoice(other))),
    });
    if (typeof answer === 'string') return;
    // The older one stands at the left.
    const both = [result, answer.value].toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
    const [left, right] = both.map((one) => {
      const text = comparableRun(one.hosts, one === result ? texts : new HostTexts());
      return { title: formatTime(one.startedAt, this.deps.language), text: () => text };
    });
    if (left !== undefined && right !== undefined) await this.deps.outputDocuments.compare(left, right);
  }

  private runChoice(result: RunResult): Choice<RunResult> {
    return {
      label: result.title,
      description: formatTime(result.startedAt, this.deps.language),
      detail: result.scripts.join(' · '),
      icon: 'terminal',
      value: result,
    };
  }

  private async decode(hosts: readonly HostResult[]): Promise<void> {
    const now = hosts[0] === undefined ? 'utf-8' : this.model.texts.encodingOf(hosts[0]);
    const answer = await pickOne<OutputEncoding>({
      title: l10n.t('Decode as'),
      placeholder: l10n.t('Read as {0} so far', encodingName(now)),
      empty: '',
      load: () =>
        Promise.resolve(outputEncodings.map((value) => ({ label: encodingName(value), value, icon: 'symbol-string' }))),
    });
    if (typeof answer !== 'string') this.model.decodeAs(answer.value, hosts);
  }

  private async copyAs(): Promise<void> {
    const answer = await pickOne<ExportFormat>({
      title: l10n.t('Copy as'),
      placeholder: l10n.t('What hosts printed can hold secrets: the clipboard then holds them, too.'),
      empty: '',
      load: () => Promise.resolve(exportFormats.map((value) => ({ label: formatName(value), value, icon: 'copy' }))),
    });
    if (typeof answer === 'string') return;
    const { result, texts, mask } = this.model;
    const { hosts } = this.model.shown();
    const text = exportResult({ result, hosts, texts, mask }, answer.value);
    await copy([text], () => l10n.t('Copied: {0} hosts', hosts.length));
  }

  /** A second plan of those that are chosen, with a question of its own. */
  private async runAgain(): Promise<void> {
    const { result } = this.model;
    const choices = againChoices(result);
    const answer = await pickMany<readonly HostResult[]>({
      title: l10n.t('Run again'),
      placeholder:
        this.source.control === undefined
          ? l10n.t('On which of them? The script is not kept here: you choose it again, and are asked before it runs.')
          : l10n.t('The same script on which of them? A new plan is made, and you are asked before it runs.'),
      empty: l10n.t('There is nothing to run again.'),
      load: () =>
        Promise.resolve(
          choices.map(({ label, detail, hosts, isUsual }) => ({
            label: l10n.t('{0} ({1})', label, hosts.length),
            detail,
            picked: isUsual,
            value: hosts,
          })),
        ),
    });
    if (typeof answer === 'string') return;
    const keys = new Set(answer.value.flat().map(({ key }) => key));
    // A run can take long and says itself how it goes and what failed.
    void this.deps.gate
      .retry({ run: result.id }, keys)
      .then((performed) => this.deps.performer.act(performed))
      .catch((error: unknown) => this.deps.show(error));
  }
}

function formatName(format: ExportFormat): string {
  switch (format) {
    case 'text':
      return l10n.t('Text');
    case 'csv':
      return 'CSV';
    case 'markdown':
      return 'Markdown';
    case 'json':
      return 'JSON';
    default: {
      const never: never = format;
      return never;
    }
  }
}
