import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { choosable, type Plan } from '../../services/actions/plan';
import { planTitle } from '../../services/actions/planText';
import { triedAgain } from '../../services/actions/retry';
import { allTargets, type RunRecord } from '../../services/journal/runRecord';
import { oneLine } from '../../util/plainText';
import { commands, contextKeys, planLanguage, schemes } from '../contract/contributions';
import type { TextFile, TextSource } from '../ui/textFiles';
import { planText } from './planDocument';
import { resultText, type ResultWords } from './resultDocument';

export interface PlanDocumentsOptions {
  /** Whether the plan can still be run. */
  readonly isPending: (planId: string) => boolean;
  /** A run of any session as it stands now; undefined where nothing is known of it. */
  readonly run: (id: string) => Promise<RunRecord | undefined>;
  readonly words: ResultWords;
}

/** How many plans are kept, oldest dropped first. */
const kept = 100;

type Kept = { readonly type: 'plan'; readonly plan: Plan } | { readonly type: 'text'; readonly text: string };

/** Plans of this session and results of every one as read-only tabs that one can search and save. */
export class PlanDocuments implements TextSource, vscode.CodeLensProvider, vscode.Disposable {
  private readonly documents = new Map<string, Kept>();
  private texts = 0;
  /** The results that were shown in this window. */
  private readonly begun = new Set<string>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  readonly onDidChangeCodeLenses = this.lensesChanged.event;

  constructor(private readonly options: PlanDocumentsOptions) {}

  async open(plan: Plan): Promise<void> {
    this.keep(`plan/${plan.id}`, { type: 'plan', plan });
    this.announce();
    await show(planAddress(plan));
  }

  /** Opens a plan where another one was, of which it is a part. */
  async replace(old: Plan, plan: Plan): Promise<void> {
    const was = planAddress(old).toString();
    await this.open(plan);
    this.refresh();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === was),
    );
  }

  /** Opens what became of a run; false where nothing is known of it. */
  async openResult(id: string): Promise<boolean> {
    const run = await this.options.run(id);
    if (run === undefined) return false;
    const about = subjectOf(allTargets(run).map(({ name }) => name));
    const name = fileName(l10n.t('Result: {0}', about));
    await show(vscode.Uri.from({ scheme: schemes.plan, path: `/result/${id}/${name}` }));
    return true;
  }

  /**
   * A result that VS Code shows again in a new window begins at its first line, with long lines wrapped: what stood where
   * somebody had scrolled to may be elsewhere by now.
   */
  begin(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const { uri } = editor.document;
      if (runIdOf(uri) === undefined || this.begun.has(uri.path)) continue;
      this.begun.add(uri.path);
      void toTop(editor);
    }
  }

  /** Opens a text that is neither, such as a diagnosis, under a name of its own. */
  async openText(name: string, text: string): Promise<void> {
    const id = String(++this.texts);
    this.keep(`text/${id}`, { type: 'text', text });
    await show(vscode.Uri.from({ scheme: schemes.plan, path: `/text/${id}/${fileName(name)}` }));
  }

  /** A run began or ended: open plans say so, and offer to run no more. */
  refresh(): void {
    this.announce();
    this.tell(this.plans().map(planAddress));
  }

  /** More is known of runs: open results say how they stand now. */
  refreshResults(): void {
    const open = vscode.workspace.textDocuments.map(({ uri }) => uri);
    this.tell(open.filter((uri) => runIdOf(uri) !== undefined));
  }

  async read(uri: vscode.Uri): Promise<TextFile> {
    const runId = runIdOf(uri);
    if (runId !== undefined) return this.result(await this.options.run(runId));
    const found = this.documents.get(keyOf(uri));
    if (found === undefined) return { text: `${notKept()}\n`, changedAt: 0 };
    if (found.type === 'text') return { text: found.text, changedAt: 1 };
    const pending = this.options.isPending(found.plan.id);
    const status = pending
      ? l10n.t('not run; nothing was sent')
      : l10n.t('can no longer be run; see the Operations view for the result');
    const changedAt = found.plan.madeAt.getTime() + (pending ? 0 : 1);
    return { text: planText(found.plan, status, this.options.words), changedAt };
  }

  private result(run: RunRecord | undefined): TextFile {
    if (run === undefined) return { text: `${l10n.t('The journal knows nothing of this run.')}\n`, changedAt: 0 };
    const times = [run.startedAt, run.endedAt ?? run.startedAt, ...allTargets(run).map(({ time }) => time)];
    return { text: resultText(run, this.options.words), changedAt: Math.max(...times.map((time) => time.getTime())) };
  }

  private tell(uris: readonly vscode.Uri[]): void {
    this.changed.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
    this.lensesChanged.fire();
  }

  async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const runId = runIdOf(uri);
    if (runId !== undefined) return resultLenses(await this.options.run(runId));
    const id = planIdOf(uri);
    if (id === undefined || !this.options.isPending(id)) return [];
    const found = this.documents.get(`plan/${id}`);
    const isOne = found?.type === 'plan' && countOf(found.plan) < 2;
    return [
      lens(l10n.t('Confirm and Run…'), commands.runPlan, uri),
      ...(isOne ? [] : [lens(l10n.t('Leave Out…'), commands.narrowPlan, uri)]),
    ];
  }

  dispose(): void {
    this.changed.dispose();
    this.lensesChanged.dispose();
  }

  /** The button in the title of a plan goes when the plan cannot be run any more. */
  private announce(): void {
    const pending = this.plans().filter(({ id }) => this.options.isPending(id));
    const paths = pending.map((plan) => planAddress(plan).path);
    void vscode.commands.executeCommand('setContext', contextKeys.pendingPlans, paths);
  }

  private plans(): Plan[] {
    return [...this.documents.values()].flatMap((document) => (document.type === 'plan' ? [document.plan] : []));
  }

  private keep(key: string, document: Kept): void {
    this.documents.delete(key);
    this.documents.set(key, document);
    const [oldest] = this.documents.keys();
    if (this.documents.size > kept && oldest !== undefined) this.documents.delete(oldest);
  }
}

/** How many of a plan can be left out. */
function countOf(plan: Plan): number {
  return plan.groups.reduce((sum, group) => sum + choosable(plan, group).length, 0);
}

/** The plan a document shows; undefined for results and other documents. */
export function planIdOf(uri: vscode.Uri): string | undefined {
  const [, type, id] = uri.path.split('/');
  return uri.scheme === schemes.plan && type === 'plan' ? id : undefined;
}

/** The run whose result a document shows. */
function runIdOf(uri: vscode.Uri): string | undefined {
  const [, type, id] = uri.path.split('/');
  return uri.scheme === schemes.plan && type === 'result' ? id : undefined;
}

/** What the row of the run offers, too. */
function resultLenses(run: RunRecord | undefined): vscode.CodeLens[] {
  if (run === undefined || run.state === 'running' || run.state === 'elsewhere') return [];
  const row = { type: 'run', run: run.run } as const;
  return [
    ...(run.unresolved.length === 0 ? [] : [lens(l10n.t('Check Unresolved Results'), commands.checkRun, row)]),
    ...(triedAgain(run).length === 0 ? [] : [lens(l10n.t('Retry Failed…'), commands.retryFailed, row)]),
  ];
}

function lens(title: string, command: string, argument: unknown): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command, arguments: [argument] });
}

function planAddress(plan: Plan): vscode.Uri {
  const about = subjectOf(plan.groups.flatMap(({ targets }) => targets.map(({ name }) => name)));
  return vscode.Uri.from({
    scheme: schemes.plan,
    path: `/plan/${plan.id}/${fileName(planTitle(plan, about))}`,
  });
}

/** What tells one tab from another: the name, or how many there are. */
function subjectOf(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined ? oneLine(only, 40) : l10n.t('{0} resources', names.length);
}

/** As a file may be called where it is saved. */
function fileName(name: string): string {
  return `${name
    .replace(/[\\/:*?"<>|：？]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()}.txt`;
}

function keyOf(uri: vscode.Uri): string {
  return uri.path.split('/').slice(1, 3).join('/');
}

function notKept(): string {
  return l10n.t(
    'This document is no longer available: plans are kept until the window is closed. Past runs are in the Operations view.',
  );
}

async function show(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const inOurs = await vscode.languages.setTextDocumentLanguage(document, planLanguage);
  await vscode.window.showTextDocument(inOurs, { preview: false });
}

async function toTop(editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  if (document.languageId !== planLanguage) await vscode.languages.setTextDocumentLanguage(document, planLanguage);
  const start = new vscode.Position(0, 0);
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.AtTop);
  // What stands above the first line is in sight only so.
  if (editor === vscode.window.activeTextEditor)
    await vscode.commands.executeCommand('editorScroll', { to: 'up', by: 'page', value: 1_000 });
}
