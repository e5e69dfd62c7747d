import * as l10n from '@vscode/l10n';
import type { Action, ActionWords, Beside, Finding, Review } from '../core/action';
import type { AgentState, CommandSupport, HostSystem, ScriptLanguage } from '../core/commands';
import type { Answers, ChoiceInput, Input, ScriptInput, Subject, TextInput } from '../core/input';
import type { Item } from '../core/item';
import { hasSecrets, type Script } from '../core/script';
import { mapReadable } from '../core/unreadable';
import { placeholdersOf } from './cloudValues';
import { followedRun, runParams } from './followedRun';
import { valueProblem } from './quoting';
import { assembled, missingFirstLine, runAnswersOf, scriptNames, told, valueWords } from './runAnswers';
import { sizeProblem } from './script';
import { scriptWarnings } from './scriptWarnings';

/** What a kind of hosts says of itself, so that scripts can be run there. */
export interface RunHosts {
  readonly support: CommandSupport;
  readonly systemOf: (item: Item) => HostSystem;
  /** "3 managed instances" */
  readonly counted: (count: number) => string;
  readonly findings: (item: Item, now: Date) => readonly Finding[];
  readonly sameAs: Review['sameAs'];
  readonly offered?: (item: Item) => boolean;
}

/** Running a script on hosts, for any cloud that can. */
export function runCommandOn(hosts: RunHosts): Action {
  const { support, systemOf } = hosts;
  return {
    id: support.run.id,
    operation: support.run.operation,
    menu: 'run',
    ids: support.run.ids,
    part: systemOf,
    inputs: inputsOf(hosts),
    params: (ids, answers) => runParams(support, ids, { answers, mark: '' }),
    ...(hosts.offered && { offered: hosts.offered }),
    review: {
      findings: (item, now, answers) => [...hosts.findings(item, now), ...scriptFindings(item, answers, hosts)],
      sameAs: (item) => ({ ...hosts.sameAs(item), system: systemOf(item) }),
      beside: agentsOf(support),
    },
    goal: followedRun(support),
    words: runWords(hosts),
  };
}

function inputsOf(hosts: RunHosts): Input[] {
  const { leastTimeout, mostTimeout, defaultTimeout } = hosts.support.limits;
  return [
    scriptInput('linux', hosts, (count) =>
      count === 1 ? l10n.t('Script for 1 Linux instance') : l10n.t('Script for {0} Linux instances', count),
    ),
    scriptInput('windows', hosts, (count) =>
      count === 1 ? l10n.t('Script for 1 Windows instance') : l10n.t('Script for {0} Windows instances', count),
    ),
    settingsInput(defaultTimeout),
    textInput('user', {
      question: () => l10n.t('User to run it as; empty for root or System'),
      problem: (value) => (/[\s\p{C}]/u.test(value) ? l10n.t('A user name has no blanks.') : undefined),
      longest: 255,
    }),
    textInput('folder', {
      question: () => l10n.t('Working directory; empty for the default of the agent'),
      problem: () => undefined,
      longest: 200,
    }),
    textInput('timeout', {
      question: () => l10n.t('Time limit in seconds, {0} to {1}', leastTimeout, mostTimeout),
      initial: (answers) => String(runAnswersOf(answers).timeout ?? defaultTimeout),
      problem: (value) => {
        const seconds = /^\d{1,5}$/.test(value) ? Number(value) : 0;
        return seconds >= leastTimeout && seconds <= mostTimeout
          ? undefined
          : l10n.t('Enter a whole number from {0} to {1}.', leastTimeout, mostTimeout);
      },
      longest: 5,
    }),
    rollout,
  ];
}

function scriptInput(
  system: HostSystem,
  { systemOf, support }: RunHosts,
  question: (count: number) => string,
): ScriptInput {
  return {
    type: 'script',
    name: scriptNames[system],
    languages: support.languages(system),
    about: (subjects) => idsOf(subjects.filter(({ item }) => systemOf(item) === system)),
    question,
    valueProblem,
  };
}

/** One step for who is content with what the agent does by itself. */
const settingsInput = (defaultTimeout: number): ChoiceInput => ({
  type: 'choice',
  name: 'settings',
  about: (subjects, answers) => (hasScript(answers) ? idsOf(subjects) : []),
  question: () => l10n.t('How to run it'),
  choices: (_subjects, answers = {}) => [
    {
      value: 'default',
      label: l10n.t('As root or System, {0} seconds at most', runAnswersOf(answers).timeout ?? defaultTimeout),
      detail: l10n.t('In the default directory of the agent'),
    },
    { value: 'own', label: l10n.t('Choose user, directory and time limit…') },
  ],
});

interface TextRules {
  readonly question: () => string;
  readonly problem: (value: string) => string | undefined;
  readonly initial?: (answers: Answers) => string;
  readonly longest: number;
}

function textInput(name: string, { question, problem, initial, longest }: TextRules): TextInput {
  return {
    type: 'text',
    name,
    about: (subjects, answers) => (answers['settings'] === 'own' ? idsOf(subjects) : []),
    question,
    initial: (_subjects, answers = {}) => initial?.(answers) ?? '',
    problem: (value) => (value.length > longest ? l10n.t('At most {0} characters.', longest) : problem(value)),
  };
}

/** Above this many the first choice has three batches. */
const wavesAbove = 10;

const rollout: ChoiceInput = {
  type: 'choice',
  name: 'rollout',
  fromCount: 2,
  about: (subjects, answers) => (hasScript(answers) ? idsOf(subjects) : []),
  question: (count) => l10n.t('How to go over {0} instances', count),
  choices: (subjects) => {
    const first = {
      value: '1,100%;pause=first;errors=0',
      label: l10n.t('First one, then ask me, then the rest'),
      detail: l10n.t('Stops at the first failure, or when one does not answer'),
    };
    const waves = {
      value: '1,10%,100%;pause=first;errors=0',
      label: l10n.t('First one, then ask me, then 10 %, then the rest'),
      detail: l10n.t('Stops at the first failure, or when one does not answer'),
    };
    const tolerant = {
      value: '1,10%,100%;pause=first;errors=10%',
      label: l10n.t('First one, then ask me, then 10 %, then the rest; up to 10 % may fail'),
      detail: l10n.t('Stops when more than 10 % of a batch or of the run fail or do not answer'),
    };
    const every = {
      value: '1,10%,50%,100%;pause=every;errors=0',
      label: l10n.t('First one, then 10 %, then half, then the rest; ask me every time'),
      detail: l10n.t('Stops at the first failure, or when one does not answer'),
    };
    const atOnce = { value: '100%;pause=never;errors=0', label: l10n.t('All at once') };
    return subjects.length > wavesAbove ? [waves, tolerant, every, atOnce] : [first, atOnce];
  },
};

function hasScript(answers: Answers): boolean {
  return runAnswersOf(answers).script !== undefined;
}

function idsOf(subjects: readonly Subject[]): string[] {
  return subjects.map(({ id }) => id);
}

/** One host whose agent does not answer makes the clouds refuse the whole call. */
function agentsOf({ agents }: CommandSupport): Beside {
  const { operation, idsPerCall, pager, params, read } = agents;
  return {
    operation,
    idsPerCall,
    pager,
    params,
    read: (value) => mapReadable(read(value), (agent) => [agent.id, agentFindings(agent)] as const),
    missing: () => refused('noAgent', l10n.t('The Cloud Assistant Agent is not installed on it.')),
    unclear: agentUnclear,
  };
}

function agentFindings({ isOnline, state }: AgentState): Finding[] {
  if (isOnline === undefined) return [agentUnclear()];
  if (isOnline) return [];
  return [refused('agentOffline', l10n.t('Its Cloud Assistant Agent does not answer ({0}).', state))];
}

function agentUnclear(why?: string): Finding {
  const text =
    why === undefined
      ? l10n.t('The answer does not tell whether its agent answers.')
      : l10n.t('It could not be checked whether its agent answers: {0}', why);
  return { level: 'warning', code: 'agentUnknown', text };
}

/** What is found whatever the cloud; nothing is said of a script before one is chosen. */
function scriptFindings(item: Item, answers: Answers, { systemOf, support }: RunHosts): Finding[] {
  const system = systemOf(item);
  if (answers[scriptNames[system]] === undefined) return [];
  const { script } = runAnswersOf(answers);
  if (script === undefined || script.text.trim() === '') return [refused('noScript', noScript(system))];
  const { language, text } = script;
  if (!support.languages(system).includes(language))
    return [refused('wrongSystem', l10n.t('A script in {0} does not run on it.', languageName(language)))];
  const made = assembled(support, script);
  if (!made.ok)
    return made.problems.map(({ name, text: why }) => refused('badValue', l10n.t('{0}: {1}', `"${name}"`, why)));
  const size = sizeProblem(made.script, support.limits.content);
  if (size !== undefined) return [refused('tooLong', size)];
  if ((language === 'shell' || language === 'python') && text.includes('\r'))
    return [
      refused(
        'carriageReturns',
        l10n.t('The script has Windows line ends (CRLF), which break it on Linux. Convert them first.'),
      ),
    ];
  const warned = [
    ...scriptWarnings(text, language).map((found): Finding => ({
      level: 'warning',
      code: found.code,
      text: l10n.t('Line {0}: {1}', found.line, found.text),
    })),
    ...valueFindings(script, support),
  ];
  const first = missingFirstLine(support, script);
  if (first === undefined) return warned;
  const added = l10n.t(
    'The cloud asks for a first line that names what runs the script: "{0}" is put before it.',
    first,
  );
  return [...warned, { level: 'warning', code: 'firstLine', text: added }];
}

/** What a person should know of the values of a script, and of those that the cloud would put in. */
function valueFindings(script: Script, support: CommandSupport): Finding[] {
  const { cloud, other } = placeholdersOf(support, script);
  const values = script.values ?? [];
  const braces = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(l10n.t(', '));
  const secrets = values.filter(({ secret }) => secret === true).map(({ name }) => `"${name}"`);
  const kept = l10n.t(
    'The value of {0} is sent within the script: the cloud keeps it, and everybody who may read runs can read it.',
    secrets.join(l10n.t(', ')),
  );
  const said: Finding[] = secrets.length === 0 ? [] : [{ level: 'warning', code: 'secretValue', text: kept }];
  if (cloud.length === 0) return other.length === 0 ? said : [...said, warning('cloudValue', notPutIn(braces(other)))];
  const changed = values.filter(({ value }) => value.includes('{{')).map(({ name }) => `"${name}"`);
  const put = l10n.t(
    '{0} is put in on each host by the cloud, as bare text without quotes; the role of the host must allow it.',
    braces(cloud),
  );
  return [
    ...said,
    warning('cloudPutsIn', put),
    ...(other.length === 0 ? [] : [refused('cloudValue', alsoPutIn(braces(other)))]),
    ...(changed.length === 0
      ? []
      : [
          refused(
            'badValue',
            l10n.t(
              'The cloud would change the value of {0}, which holds {{. Enter it without.',
              changed.join(l10n.t(', ')),
            ),
          ),
        ]),
  ];
}

function notPutIn(names: string): string {
  return l10n.t('{0} is sent as it is: nobody puts a value in. Declare a parameter in the header instead.', names);
}

function alsoPutIn(names: string): string {
  return l10n.t('The cloud would want a value for {0} too, because it puts in others. Write it in another way.', names);
}

function warning(code: string, message: string): Finding {
  return { level: 'warning', code, text: message };
}

function noScript(system: HostSystem): string {
  return system === 'windows'
    ? l10n.t('There is no script for Windows, so it is left out.')
    : l10n.t('There is no script for Linux, so it is left out.');
}

function refused(code: string, message: string): Finding {
  return { level: 'refused', code, text: message };
}

export function languageName(language: ScriptLanguage): string {
  switch (language) {
    case 'shell':
      return 'Shell';
    case 'powershell':
      return 'PowerShell';
    case 'batch':
      return 'Batch';
    case 'python':
      return 'Python';
    default: {
      const never: never = language;
      return never;
    }
  }
}

function runWords({ counted, support }: RunHosts): ActionWords {
  return {
    button: () => l10n.t('Run'),
    command: () => l10n.t('Run Command'),
    title: () => l10n.t('Run a command'),
    question: (count, name) =>
      count === 1 ? l10n.t('Run the script on "{0}"?', name) : l10n.t('Run the script on {0}?', counted(count)),
    task: (count) => l10n.t('Run a command on {0}', counted(count)),
    answer: (name, answers) => answerWords(name, answers, support),
    consequence: (_count, answers) => consequence(answers),
    doing: () => l10n.t('Running the command'),
    done: () => l10n.t('Succeeded'),
    outcome: { done: () => l10n.t('succeeded'), already: () => l10n.t('nothing to do') },
  };
}

function answerWords(name: string, answers: Answers, support: CommandSupport): string | undefined {
  const { user, folder, timeout = support.limits.defaultTimeout } = runAnswersOf(answers);
  if (name === scriptNames.linux || name === scriptNames.windows) return scriptWords(answers, support);
  if (name === 'settings')
    return [
      user === undefined ? l10n.t('as root or System') : l10n.t('as "{0}"', user),
      ...(folder === undefined ? [] : [l10n.t('in "{0}"', folder)]),
      l10n.t('{0} seconds at most', timeout),
    ].join(l10n.t(', '));
  return undefined;
}

/** "check.sh, Shell, 12 lines (SHA-256 ab12cd34ef56)" */
function scriptWords(answers: Answers, support: CommandSupport): string | undefined {
  const { script } = runAnswersOf(answers);
  const made = script && told(support, script);
  if (script === undefined || made === undefined) return undefined;
  const name = `${script.name}, ${languageName(script.language)}`;
  const size = made.lines === 1 ? l10n.t('{0}, 1 line', name) : l10n.t('{0}, {1} lines', name, made.lines);
  const hash = made.sha256.slice(0, 12);
  const hashed = hasSecrets(script)
    ? l10n.t('{0} (SHA-256 without its secret values {1})', size, hash)
    : l10n.t('{0} (SHA-256 {1})', size, hash);
  return [hashed, ...valueWords(script, l10n.t('secret, not shown'))].join(l10n.t(', '));
}

function consequence(answers: Answers): string {
  return runAnswersOf(answers).user === undefined
    ? l10n.t('The script runs with all rights of the system. What it does cannot be undone from here.')
    : l10n.t('The script runs with the rights of that user. What it does cannot be undone from here.');
}
