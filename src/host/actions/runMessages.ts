import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Target } from '../../core/target';
import type { Gate } from '../../services/actions/gate';
import { untouched, retryable, type RunReport, type TargetResult } from '../../services/actions/report';
import type { Responses } from '../../services/exchanges/exchangeLog';
import { isOpen } from '../../services/journal/outcome';
import { commands } from '../contract/contributions';
import type { ResponseDocuments } from '../exchanges/responseDocuments';
import { copyPolicyStatement, type PolicyFor } from '../ui/copyPolicy';
import { notify } from '../ui/messages';
import { pickMany } from '../ui/steps';
import type { Performer } from './perform';
import type { PlanDocuments } from './planDocuments';
import { restLabel, summaryOf } from './runSummary';

export interface RunMessageDeps {
  readonly responses: Responses;
  readonly responseDocuments: ResponseDocuments;
  readonly planDocuments: PlanDocuments;
  readonly gate: Pick<Gate, 'retry' | 'canUndo' | 'undo'>;
  readonly performer: Performer;
  readonly policyFor: PolicyFor;
  /** Shows what the hosts of a run printed; undefined where nothing was run on them. */
  readonly outputOf: (report: RunReport) => (() => Promise<void>) | undefined;
}

/** More tabs than this are not opened at once without asking which. */
const tabsAtOnce = 5;

/** One message for a run, with at most two buttons. */
export async function showSummary(report: RunReport, deps: RunMessageDeps): Promise<void> {
  const { severity, message } = summaryOf(report);
  const choices = choicesOf(report, deps);
  const chosen = await notify(severity, message, ...choices.keys());
  if (chosen !== undefined) await choices.get(chosen)?.();
}

type Choices = Map<string, () => Promise<unknown>>;

/** What helps most, and the result; where nothing is open, the result and the answer. */
function choicesOf(report: RunReport, deps: RunMessageDeps): Choices {
  const [next] = nextSteps(report, deps);
  const choices: Choices = new Map(next === undefined ? [] : [next]);
  const output = deps.outputOf(report);
  if (output !== undefined) return new Map([[l10n.t('Show Output'), output], ...choices]);
  choices.set(l10n.t('Open Result'), () => deps.planDocuments.openResult(report.run));
  const exchanges = exchangesOf(report.results, deps.responses);
  if (next === undefined && exchanges.length > 0) {
    const label = exchanges.length === 1 ? l10n.t('Open Response') : l10n.t('Open Responses');
    choices.set(label, () => openAll(exchanges, deps));
  }
  return choices;
}

/** What one may want next, the most urgent first. All of it but Undo stands in the menu of the run, too. */
function nextSteps(report: RunReport, deps: RunMessageDeps): Choices {
  const steps: Choices = new Map();
  const rest = untouched(report);
  const [first] = rest;
  if (report.results.some((r) => isOpen(r.outcome))) steps.set(l10n.t('Check Now'), () => check(report.run));
  if (first !== undefined)
    steps.set(restLabel(first.group.action.words.button()), () =>
      deps.performer.perform({ action: first.group.action.id, targets: rest.map(targetOf) }),
    );
  const denied = report.results.find((r) => r.permission !== undefined);
  if (denied?.permission !== undefined) {
    const missing = { provider: denied.planned.target.provider, permission: denied.permission };
    steps.set(l10n.t('Copy Policy Statement'), () => copyPolicyStatement(deps.policyFor, missing));
  }
  if (retryable(report).length > 0)
    steps.set(l10n.t('Retry Failed'), async () => deps.performer.act(await deps.gate.retry(report)));
  if (deps.gate.canUndo(report))
    steps.set(l10n.t('Undo'), async () => deps.performer.act(await deps.gate.undo(report)));
  return steps;
}

function check(run: string): Promise<unknown> {
  return Promise.resolve(vscode.commands.executeCommand(commands.checkRun, { type: 'run', run }));
}

function targetOf(result: TargetResult): Target {
  return result.planned.target;
}

function exchangesOf(results: readonly TargetResult[], responses: Responses) {
  const ids = new Set(results.flatMap((r) => r.exchangeId ?? []));
  return [...ids].flatMap((id) => responses.get(id) ?? []);
}

async function openAll(exchanges: ReturnType<typeof exchangesOf>, deps: RunMessageDeps): Promise<void> {
  const few = exchanges.length <= tabsAtOnce ? exchanges : await askWhich(exchanges);
  for (const exchange of few) await deps.responseDocuments.open(exchange, { preview: false });
}

async function askWhich(exchanges: ReturnType<typeof exchangesOf>): Promise<ReturnType<typeof exchangesOf>> {
  const answer = await pickMany({
    title: l10n.t('Open Responses'),
    placeholder: '',
    empty: '',
    load: () =>
      Promise.resolve(
        exchanges.map((exchange) => ({
          label: exchange.subject ?? exchange.action,
          description: [exchange.action, exchange.status, exchange.error?.code]
            .filter((part) => part !== undefined)
            .join(' · '),
          value: exchange,
        })),
      ),
  });
  return typeof answer === 'string' ? [] : [...answer.value];
}
