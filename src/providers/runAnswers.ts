import type { CommandSupport, HostSystem } from '../core/commands';
import type { Answers } from '../core/input';
import { decodeScript, type Script } from '../core/script';
import { assembleScript, type FinishedScript } from './script';

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
  /** In seconds; undefined for what the cloud takes. */
  readonly timeout: number | undefined;
}

export function runAnswersOf(answers: Answers): RunAnswers {
  const timeout = Number(filled(answers['timeout']) ?? 'none');
  return {
    script: decodeScript(answers[scriptNames.windows]) ?? decodeScript(answers[scriptNames.linux]),
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

/** The script as it is sent: what is confirmed, measured, told by its hash, and compared with what the cloud keeps. */
export function finished(support: CommandSupport, script: Script): FinishedScript {
  const { language, text } = script;
  const made = assembleScript({ language, body: text, interpreterLine: missingFirstLine(support, script) });
  // Only values can be a problem, and there are none.
  if (!made.ok) throw new TypeError('A script without values has no problem.');
  return made.script;
}

/** The answers without scripts, which may hold a secret: what tells one from another is kept. */
export function recordedRunAnswers(support: CommandSupport, answers: Answers): Answers {
  const scripts = Object.values(scriptNames);
  const kept = Object.entries(answers).filter(([name]) => !scripts.includes(name));
  const told = scripts.flatMap((name) => {
    const script = decodeScript(answers[name]);
    return script === undefined ? [] : [[`${name}Told`, toldBy(script, finished(support, script))] as const];
  });
  return Object.fromEntries([...kept, ...told]);
}

/** "check.sh, shell, 12 lines, SHA-256 …" */
function toldBy({ name, language }: Script, { lines, sha256 }: FinishedScript): string {
  return [name, language, `${lines} lines`, `SHA-256 ${sha256}`].join(', ');
}
