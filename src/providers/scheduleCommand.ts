import * as l10n from '@vscode/l10n';
import type { Action, ActionWords, Finding } from '../core/action';
import type { CommandSupport, ScheduleWriting } from '../core/commands';
import type { FollowedGoal } from '../core/followed';
import type { Answers, Choice, Input, TextInput } from '../core/input';
import { nextTimes, type Schedule } from '../core/schedule';
import { followedRun } from './followedRun';
import { localTime } from './localTime';
import { runAnswersOf } from './runAnswers';
import type { RunHosts } from './runCommand';

/** Running a script that can also be run at times of its own: everything else is as when it is run at once. */
export function withSchedules(run: Action, hosts: RunHosts, writing: ScheduleWriting): Action {
  const inputs = run.inputs.flatMap((input) => inputsFor(input, writing));
  const scheduled = scheduledAction({ ...run, inputs }, hosts, writing);
  return { ...run, inputs, under: (answers) => (isScheduled(answers) ? scheduled : undefined) };
}

function isScheduled({ settings }: Answers): boolean {
  return settings === 'schedule';
}

function inputsFor(input: Input, writing: ScheduleWriting): Input[] {
  if (input.type === 'choice' && input.name === 'settings')
    return [
      { ...input, choices: (subjects, answers) => [...input.choices(subjects, answers), onSchedule()] },
      scheduleInput(writing),
    ];
  // Nothing runs now, so that there are no batches.
  if (input.name === 'rollout')
    return [
      {
        ...input,
        about: (subjects, answers, now) => (isScheduled(answers) ? [] : input.about(subjects, answers, now)),
      },
    ];
  if (input.type !== 'text') return [input];
  const asOwn = (answers: Answers): Answers => (isScheduled(answers) ? { ...answers, settings: 'own' } : answers);
  return [{ ...input, about: (subjects, answers, now) => input.about(subjects, asOwn(answers), now) }];
}

function onSchedule(): Choice {
  return {
    value: 'schedule',
    label: l10n.t('On a schedule…'),
    detail: l10n.t('At times of its own until it is stopped, also when VS Code is closed'),
  };
}

function scheduledAction(run: Action, { support, counted }: RunHosts, writing: ScheduleWriting): Action {
  const repeated = (params: Record<string, unknown>, answers: Answers) => ({
    ...params,
    ...repeatOf(answers, writing),
  });
  return {
    ...run,
    params: (ids, answers) => repeated(run.params(ids, answers), answers),
    review: {
      ...run.review,
      findings: (item, now, answers) => [
        ...run.review.findings(item, now, answers),
        ...scheduleFindings(answers, now, { support, writing }),
      ],
    },
    goal: scheduledGoal(followedRun(support), repeated),
    words: scheduleWords(run.words, counted),
  };
}

function scheduledGoal(
  goal: FollowedGoal,
  repeated: (params: Record<string, unknown>, answers: Answers) => Record<string, unknown>,
): FollowedGoal {
  return {
    ...goal,
    repeats: true,
    marked: (ids, answers, mark) => repeated(goal.marked(ids, answers, mark), answers),
  };
}

function scheduleInput({ examples, initial, read }: ScheduleWriting): TextInput {
  return {
    type: 'text',
    name: 'schedule',
    about: (subjects, answers) => (isScheduled(answers) ? subjects.map(({ id }) => id) : []),
    question: examples,
    initial: () => initial,
    problem: (value) => {
      const found = read(value);
      return found.ok ? undefined : found.problem;
    },
  };
}

function repeatOf(answers: Answers, { read }: ScheduleWriting): Readonly<Record<string, unknown>> {
  const found = read(textOf(answers));
  return found.ok ? found.repeat : {};
}

function textOf({ schedule }: Answers): string {
  return typeof schedule === 'string' ? schedule : '';
}

interface Scheduling {
  readonly support: CommandSupport;
  readonly writing: ScheduleWriting;
}

/** What the schedule comes to at the clock of the plan; nothing is said before it is written. */
function scheduleFindings(answers: Answers, now: Date, { support, writing }: Scheduling): Finding[] {
  const text = textOf(answers);
  if (text === '') return [];
  const read = writing.read(text);
  if (!read.ok) return [refused('badSchedule', read.problem)];
  const schedule = support.scheduleOf(read.repeat, now.getTime());
  const times = schedule === undefined ? [] : nextTimes(schedule, now.getTime(), timesLooked);
  if (schedule === undefined || times.length === 0)
    return [refused('scheduleOver', l10n.t('The schedule names no time that is still to come.'))];
  const { timeout = support.limits.defaultTimeout } = runAnswersOf(answers);
  if (closest(times) <= timeout * 1_000)
    return [
      refused(
        'scheduleTooClose',
        l10n.t('Its times are closer to each other than the time limit of {0} seconds.', timeout),
      ),
    ];
  return [{ level: 'warning', code: 'nextTimes', text: timesText(schedule, times) }];
}

/** As many times show how close they are to each other at the most. */
const timesLooked = 60;
const timesSaid = 3;

function closest(times: readonly number[]): number {
  return Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
}

function timesText(schedule: Schedule, times: readonly number[]): string {
  const said = times.slice(0, timesSaid).map((time) => localTime(new Date(time).toISOString()));
  const list = said.join(l10n.t(', '));
  if (times.length <= timesSaid) return l10n.t('It runs at: {0}.', list);
  // The cloud counts from the moment at which it takes the call.
  return schedule.type === 'rate' && schedule.until === undefined
    ? l10n.t('It runs at about: {0}, and so on until it is stopped.', list)
    : l10n.t('It runs at: {0}, and so on.', list);
}

function refused(code: string, text: string): Finding {
  return { level: 'refused', code, text };
}

function scheduleWords(words: ActionWords, counted: RunHosts['counted']): ActionWords {
  return {
    ...words,
    button: () => l10n.t('Schedule'),
    question: (count, name) =>
      count === 1
        ? l10n.t('Run the script on "{0}" on a schedule?', name)
        : l10n.t('Run the script on {0} on a schedule?', counted(count)),
    task: (count) => l10n.t('Schedule a command on {0}', counted(count)),
    answer: (name, answers) => (name === 'schedule' ? textOf(answers) : words.answer?.(name, answers)),
    consequence: (count, answers) =>
      l10n.t(
        '{0} It goes on until it is stopped, also when VS Code is closed: "Runs" lists it, and "Stop Run" ends it.',
        words.consequence(count, answers),
      ),
    doing: () => l10n.t('Scheduling the command'),
    done: () => l10n.t('Scheduled until it is stopped'),
    outcome: { done: () => l10n.t('scheduled'), already: () => l10n.t('nothing to do') },
  };
}
