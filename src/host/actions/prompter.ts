import * as l10n from '@vscode/l10n';
import type { Answer, ChoiceInput, FlagInput, ScriptInput, Subject, TextInput } from '../../core/input';
import type { Target } from '../../core/target';
import { remediesOf, type Plan, type Remedy } from '../../services/actions/plan';
import type { CloudName } from '../../services/actions/planText';
import type { Instead, Pause, Prompter, Question, Review, Several } from '../../services/actions/ports';
import { lineColumns } from '../../services/actions/question';
import { outcomeLabel } from '../../services/journal/outcome';
import { fitted } from '../../util/columns';
import { nameAndId } from '../../util/plainText';
import { enterExactly } from '../ui/enterExactly';
import { showModal } from '../ui/messages';
import { showProgress } from '../ui/progress';
import { enterText, pickOne } from '../ui/steps';
import { confirmText, nothingToDoText } from './confirmText';

const namesShown = 10;

export interface PrompterOptions {
  readonly cloudName: CloudName;
  /** Which script these resources get; undefined when the person turned away. */
  readonly askScript: (input: ScriptInput, targets: readonly Target[]) => Promise<Answer | Several | undefined>;
}

/** Asks with VS Code's modals. Escape, the close button and Cancel are all "no". */
export function createPrompter({ cloudName, askScript }: PrompterOptions): Prompter {
  return {
    withProgress: showProgress,
    ask: (question) => ask(question, askScript),
    confirm: async (plan) => {
      const { message, detail, run } = confirmText(plan, cloudName);
      const reviewLabel = l10n.t('Review Plan');
      // VS Code makes the first button the default one, so that Enter opens the plan and deletes nothing.
      const others = remediesOf(plan);
      const labels = others.map(remedyLabel);
      const answer = await showModal('warning', { message, detail }, reviewLabel, run, ...labels);
      if (answer === run) return 'run';
      if (answer === reviewLabel) return { want: 'review', plan };
      return wantOf(others, labels, answer) ?? 'cancel';
    },
    confirmTyped: enterExactly,
    goOn: async (pause) => {
      const { batch, of, next, left } = pause;
      const run = l10n.t('Continue with the Next {0}', next);
      const message = l10n.t('Batch {0} of {1} has ended. {2} are left.', batch, of, left);
      const look = l10n.t('Look at the Output');
      // The first button is the default one: Enter sends nothing more.
      const answer = await showModal('info', { message, detail: countsText(pause) }, l10n.t('Stop Here'), run, look);
      return answer === run ? 'goOn' : answer === look ? 'pause' : 'stop';
    },
    explainNothingToDo: async (plan) => {
      const { message, detail } = nothingToDoText(plan);
      const reviewLabel = l10n.t('Review Plan');
      const registeredLabel = l10n.t('Show Registered Instances');
      const used = inUse(plan);
      const others = remediesOf(plan);
      const labels = others.map(remedyLabel);
      const buttons = [...labels, ...(used === undefined ? [] : [registeredLabel]), reviewLabel];
      const answer = await showModal('info', { message, detail, isNotice: true }, ...buttons);
      if (answer === reviewLabel) return { want: 'review', plan };
      if (answer === registeredLabel && used !== undefined) return { want: 'related', target: used };
      return wantOf(others, labels, answer);
    },
    refuse: async (message) => {
      await showModal('error', { message: l10n.t('Nothing was sent.'), detail: message, isNotice: true });
    },
  };
}

function countsText({ counts, plan }: Pause): string {
  const words = plan.groups[0]?.action.words.outcome;
  return [...counts]
    .map(([outcome, count]) => l10n.t('{0} {1}', count, outcomeLabel(outcome, words)))
    .join(l10n.t(', '));
}

/** What cannot be deleted because of what was registered with it, where it is the only target of the plan. */
function inUse({ groups }: Plan): Target | undefined {
  const [first, ...others] = groups.flatMap(({ kind, targets }) => targets.map((target) => ({ kind, ...target })));
  if (first === undefined || others.length > 0 || first.kind.registers === undefined) return undefined;
  return first.findings.some(({ code }) => code === 'inUse') ? first.target : undefined;
}

/** "Stop (2)…": takes away what stands in the way of so many, as a plan of its own. */
function remedyLabel({ action, targets }: Remedy): string {
  return l10n.t('{0} ({1})…', action.words.command(), targets.length);
}

function wantOf(
  remedies: readonly Remedy[],
  labels: readonly string[],
  answer: string | undefined,
): Instead | undefined {
  const chosen = remedies.find((_, index) => labels[index] === answer);
  return chosen && { want: 'remedy', action: chosen.action.id, targets: chosen.targets };
}

function ask(
  question: Question,
  askScript: PrompterOptions['askScript'],
): Promise<Answer | Several | Review | undefined> {
  const { input } = question;
  switch (input.type) {
    case 'flag':
      return askFlag(input, question);
    case 'choice':
      return askChoice(input, question);
    case 'text':
      return askText(input, question);
    case 'script':
      return askScript(
        input,
        question.targets.map(({ target }) => target),
      );
    default: {
      const never: never = input;
      return never;
    }
  }
}

async function askFlag(
  input: FlagInput,
  { targets, plan, mayReview }: Question,
): Promise<boolean | Review | undefined> {
  const lines = targets.slice(0, namesShown).map((t) => `• ${fitted(nameAndId(t.name, t.target.id), lineColumns - 2)}`);
  const more = targets.length > namesShown ? [l10n.t('and {0} more', targets.length - namesShown)] : [];
  const { yes, no } = input.buttons?.() ?? { yes: l10n.t('Include'), no: l10n.t('Leave Out') };
  const detail = [input.detail(), '', ...lines, ...more].join('\n');
  const message = input.question(targets.length);
  const review = l10n.t('Review Plan');
  const answer = await showModal('warning', { message, detail }, no, yes, ...(mayReview ? [review] : []));
  if (mayReview && answer === review) return { want: 'review', plan };
  return answer === undefined ? undefined : answer === yes;
}

async function askChoice(input: ChoiceInput, question: Question): Promise<string | undefined> {
  const answer = await pickOne<string>({
    title: input.question(question.targets.length),
    placeholder: '',
    empty: '',
    load: () => Promise.resolve(input.choices(subjectsOf(question), question.answers)),
  });
  return typeof answer === 'string' ? undefined : answer.value;
}

async function askText(input: TextInput, question: Question): Promise<string | undefined> {
  const subjects = subjectsOf(question);
  const answer = await enterText({
    title: input.question(question.targets.length),
    prompt: '',
    value: input.initial(subjects, question.answers),
    validate: (typed) => input.problem(typed, subjects),
  });
  return typeof answer === 'string' ? undefined : answer.value;
}

function subjectsOf({ targets }: Question): Subject[] {
  return targets.flatMap(({ target, name, item }) => (item === undefined ? [] : [{ id: target.id, name, item }]));
}
