import type { Execution, HostFacts, Script } from './execution';
import { Exit, record } from './execution';

const literal = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")$/;

/** Plays a Python script that prints texts, sleeps and ends: nothing more is understood, and nothing is run. */
export function playPython(script: Script, host: HostFacts): Execution {
  return record(
    (recorder) => {
      const values = new Map([
        ['socket.gethostname()', host.hostname],
        ['platform.node()', host.hostname],
      ]);
      for (const line of script.content.split(/\r?\n/).map((one) => one.trim())) {
        recorder.step();
        if (line === '' || line.startsWith('#') || /^(import|from)\s/.test(line)) continue;
        const [, name = '', assigned] = /^([A-Za-z_]\w*)\s*=\s*([^=].*)$/.exec(line) ?? [];
        const [, func = '', argument = ''] = /^([\w.]+)\((.*)\)$/.exec(line) ?? [];
        if (assigned !== undefined) values.set(name, valueOf(assigned, values));
        else if (func === 'print') recorder.write(`${argument === '' ? '' : valueOf(argument, values)}\n`);
        else if (func === 'time.sleep') recorder.sleep(Number(argument) || 0);
        else if (/^(sys\.)?exit$/.test(func)) throw new Exit(Number(argument) || 0);
        else throw new Error(`SyntaxError: invalid syntax: ${line}`);
      }
      return 0;
    },
    (message) => `${message}\n`,
  );
}

function valueOf(expression: string, values: ReadonlyMap<string, string>): string {
  return expression
    .split(/\s*\+\s*/)
    .map((term) => {
      const [, single, double] = literal.exec(term) ?? [];
      const text = single ?? double;
      if (text !== undefined) return text.replace(/\\(.)/g, (_all, c: string) => (c === 'n' ? '\n' : c));
      if (/^-?\d+$/.test(term)) return term;
      const value = values.get(term);
      if (value === undefined) throw new Error(`NameError: name '${term}' is not defined`);
      return value;
    })
    .join('');
}
