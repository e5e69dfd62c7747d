import type { Execution, HostFacts, Script } from './execution';
import { Exit, record } from './execution';

/** Plays a batch file on a made-up host: echo, set, hostname, ver, whoami, timeout, exit. Nothing is run. */
export function playBatch(script: Script, host: HostFacts): Execution {
  return record(
    (recorder) => {
      const variables = new Map([
        ['COMPUTERNAME', host.hostname],
        ['USERNAME', script.user],
      ]);
      let status = 0;
      for (const raw of script.content.split(/\r?\n/)) {
        recorder.step();
        const line = expanded(raw.trim().replace(/^@/, ''), variables);
        status = carryOut(line, {
          variables,
          host,
          script,
          status,
          write: (text) => recorder.write(`${text}\r\n`),
          sleep: (s) => recorder.sleep(s),
        });
      }
      return status;
    },
    (message) => `${message}\r\n`,
  );
}

interface Context {
  readonly variables: Map<string, string>;
  readonly host: HostFacts;
  readonly script: Script;
  readonly status: number;
  readonly write: (text: string) => void;
  readonly sleep: (seconds: number) => void;
}

function expanded(line: string, variables: ReadonlyMap<string, string>): string {
  return line.replace(/%(\w+)%/g, (_all, name: string) => variables.get(name.toUpperCase()) ?? '');
}

function carryOut(line: string, context: Context): number {
  const [, word = '', rest = ''] = /^(\S*)\s?(.*)$/.exec(line) ?? [];
  switch (word.toLowerCase()) {
    case '':
    case 'rem':
    case '::':
    case 'setlocal':
    case 'endlocal':
    case 'chcp':
      return context.status;
    case 'echo':
    case 'echo.':
      if (!/^(off|on)$/i.test(rest)) context.write(rest);
      return 0;
    case 'set': {
      const [, name = '', value = ''] = /^"?([^=]+)=(.*?)"?$/.exec(rest) ?? [];
      context.variables.set(name.toUpperCase(), value);
      return 0;
    }
    case 'hostname':
      context.write(context.host.hostname);
      return 0;
    case 'ver':
      context.write(`Microsoft Windows [${context.host.osVersion}]`);
      return 0;
    case 'whoami':
      context.write(`nt authority\\${context.script.user.toLowerCase()}`);
      return 0;
    case 'timeout':
      context.sleep(Number(/\d+/.exec(rest)?.[0] ?? 0));
      return 0;
    case 'exit':
      throw new Exit(Number(/\d+/.exec(rest)?.[0] ?? context.status));
    default:
      context.write(
        `'${word}' is not recognized as an internal or external command,\r\noperable program or batch file.`,
      );
      return 9009;
  }
}
