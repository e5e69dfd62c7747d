import { parse } from 'yaml';

/** What of a workflow file the rules look at. */
export interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly environment?: unknown;
  readonly permissions?: unknown;
  readonly outputs?: unknown;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly uses?: string;
  readonly secrets?: unknown;
  readonly strategy?: { readonly matrix?: Readonly<Record<string, readonly unknown[]>> };
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

export function parseWorkflow(text: string): Workflow {
  return parse(text) as Workflow;
}

/** What is dangerous in a workflow, in one sentence each; nothing when it is sound. */
export function workflowProblems(text: string): string[] {
  const workflow = parseWorkflow(text);
  return [
    ...actionProblems(text),
    ...triggerProblems(workflow),
    ...permissionProblems(workflow),
    ...secretProblems(workflow),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) => jobProblems(name, job)),
  ];
}

/** The text, not what it parses to: the version stands in a comment. */
function actionProblems(text: string): string[] {
  const lines = text.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
  const pinned = /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  return lines.filter((line) => !pinned.test(line)).map((line) => `Pin by commit, with the version: ${line.trim()}`);
}

function triggerProblems({ on }: Workflow): string[] {
  const triggers = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on as object);
  const dangerous = triggers.filter((name) =>
    ['pull_request_target', 'workflow_run', 'issue_comment'].includes(`${name}`),
  );
  const inputs = JSON.stringify(on).includes('"inputs"') ? ['A person could type something that is run.'] : [];
  return [...dangerous.map((name) => `"${name}" runs with rights on what a stranger wrote.`), ...inputs];
}

function permissionProblems({ permissions, jobs }: Workflow): string[] {
  const top = JSON.stringify(permissions);
  return [
    ...(top === '{"contents":"read"}' || top === '{}' ? [] : ['The workflow may do more than read.']),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      typeof job.permissions === 'object' ? [] : [`"${name}" does not say its permissions.`],
    ),
  ];
}

/** A secret is handed to one step, in its environment; everywhere else it could be printed or kept. */
function secretProblems(workflow: Workflow): string[] {
  return textsOf(workflow).flatMap(({ path, text }) => {
    if (!/\bsecrets\b/.test(text) && path.at(-1) !== 'secrets') return [];
    return path.includes('steps') && path.at(-2) === 'env' ? [] : [`A secret stands in ${path.join('.')}.`];
  });
}

function jobProblems(name: string, { 'timeout-minutes': timeout, steps = [], uses }: Job): string[] {
  return [
    ...(timeout === undefined && uses === undefined ? [`"${name}" may run for hours.`] : []),
    ...steps.flatMap((step) => stepProblems(name, step)),
  ];
}

function stepProblems(job: string, { uses = '', run = '', with: options = {}, ...rest }: Step): string[] {
  const keeps = uses.startsWith('actions/checkout@') && options['persist-credentials'] !== false;
  return [
    ...(keeps ? [`"${job}" leaves its token on the disk.`] : []),
    ...(run.includes('${{') ? [`"${job}" puts an expression into a command: use "env".`] : []),
    ...(unpinned.test(run) ? [`"${job}" runs what no lock file pins: ${run}`] : []),
    ...('continue-on-error' in rest ? [`"${job}" goes on after a failure.`] : []),
  ];
}

const unpinned = /@latest\b|\b(?:npx|pnpx|bunx|yarn dlx|npm exec|npm x)\b|\bnpm (?:i|install|add)\b|\b(?:curl|wget)\b/;

interface Place {
  readonly path: readonly string[];
  readonly text: string;
}

/** Every text in a document, with the keys that lead to it. */
function textsOf(value: unknown, path: readonly string[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return [{ path, text: String(value) }];
  return Object.entries(value).flatMap(([key, child]) => textsOf(child, [...path, key]));
}
