import type { CommandSupport, HostSystem } from '../core/commands';
import type { Answers } from '../core/input';
import { decodeScript, hasSecrets, withSecretsAs, type Script } from '../core/script';
import { assembleScript, type Assembled, type FinishedScript } from './script';

/** Everything but Windows has a shell. */
export function systemOf(osType: string | undefined): HostSystem {
  return osType?.toLowerCase().startsWith('win') === true ? 'windows' : 'linux';
}

/** The input that holds the script for a system. */
export const scriptNames: Readonly<Record<HostSystem, string>> = { linux: 'script', windows: 'windowsScript' };

/** What a person answered about a run, for resources of one system: only its own script is among the answers. */
export interface RunAnswers {
  readonly script: Script | undefined;
  /** Undefined for the one the agent takes: root, or System on Windows. */
  readonly user: string | undefined;
  readonly folder: string | undefined;
  /** In seconds, as it was answered or as the script says itself; undefined for what the cloud takes. */
  readonly timeout: number | undefined;
}

export function runAnswersOf(answers: Answers): RunAnswers {
  const script = decodeScript(answers[scriptNames.windows]) ?? decodeScript(answers[scriptNames.linux]);
  const timeout = Number(filled(answers['timeout']) ?? script?.timeout ?? 'none');
  return {
    script,
    user: filled(answers['user']),
    folder: filled(answers['folder']),
    timeout: Number.isInteger(timeout) ? timeout : undefined,
  };
}

function filled(answer: unknown): string | undefined {
  return typeof answer === 'string' && answer.trim() !== '' ? answer.trim() : undefined;
}

/** The line that a cloud asks for and the script has not; undefined where nothing is missing. */
export function missingFirstLine({ interpreterLine }: CommandSupport, { language, text }: Script): string | undefined {
  return text.startsWith('#!') ? undefined : interpreterLine(language);
}

/** The script with its values in it, as far as they can be given to it. */
export function assembled(support: CommandSupport, script: Script): Assembled {
  const { language, text, values = [] } = script;
  return assembleScript({ language, body: text, values, interpreterLine: missingFirstLine(support, script) });
}

/** The script as it is sent: what is confirmed, measured, and compared with what the cloud keeps. It may hold secrets. */
export function finished(support: CommandSupport, script: Script): FinishedScript {
  const made = assembled(support, script);
  // Values that cannot be given are found before, and the script is then not sent.
  if (!made.ok) throw new TypeError(made.problems.map(({ name }) => `"${name}" cannot be given.`).join(' '));
  return made.script;
}

/**
 * The script as it may be told: with nothing in place of secret values, so that neither its lines nor its hash say
 * anything of them. Undefined where its values cannot be given.
 */
export function told(support: CommandSupport, script: Script): FinishedScript | undefined {
  const made = assembled(
    support,
    withSecretsAs(script, () => ''),
  );
  return made.ok ? made.script : undefined;
}

/** "limit = 80, token = secret, not shown" */
export function valueWords({ values = [] }: Script, secretWord: string): string[] {
  return values.map(({ name, value, secret }) => `${name} = ${secret === true ? secretWord : JSON.stringify(value)}`);
}

/**
 * The answers without scripts, which may hold a secret: what tells one from another is kept, and the values that are
 * no secret.
 */
export function recordedRunAnswers(support: CommandSupport, answers: Answers): Answers {
  const scripts = Object.values(scriptNames);
  const kept = Object.entries(answers).filter(([name]) => !scripts.includes(name));
  const written = scripts.flatMap((name) => {
    const script = decodeScript(answers[name]);
    return script === undefined ? [] : [[`${name}Told`, toldBy(script, told(support, script))] as const];
  });
  return Object.fromEntries([...kept, ...written]);
}

/** "check.sh, shell, 12 lines, SHA-256 …" */
function toldBy(script: Script, finished: FinishedScript | undefined): string {
  const { name, language } = script;
  const hash = hasSecrets(script) ? 'SHA-256 without the secret values' : 'SHA-256';
  const facts = finished === undefined ? [] : [`${finished.lines} lines`, `${hash} ${finished.sha256}`];
  return [name, language, ...facts, ...valueWords(script, 'secret, not shown')].join(', ');
}
