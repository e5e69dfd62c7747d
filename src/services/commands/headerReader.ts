import * as l10n from '@vscode/l10n';
import type { HostSystem } from '../../core/commands';
import { matchesWithin } from '../../platform/matchesWithin';
import type { HeaderProblem, ReadHeader, ScriptHeader, ScriptParameter, Words } from './headerTypes';

type Fields = Map<string, { readonly value: string; readonly line: number }>;

const headerKeys = ['name', 'name.zh-cn', 'description', 'description.zh-cn', 'effect', 'systems', 'timeout'];
const parameterKeys = ['description', 'description.zh-cn', 'default', 'pattern', 'values', 'secret'];
const mostParameters = 20;
/** What both clouds take. */
const [leastTimeout, mostTimeout] = [30, 86_400];

/** Names of what nobody should see, whether it is marked or not. */
const secretName = /pass(?:word|wd|phrase)?$|pwd$|secret|token|api_?key|private_?key|credential/i;

/** Gathers the lines of a header and tells what is wrong with them, each by its line. */
export class HeaderReader {
  private readonly fields: Fields = new Map();
  private readonly parameters: { readonly name: string; readonly line: number; readonly fields: Fields }[] = [];
  private readonly problems: HeaderProblem[] = [];

  read(line: string, number: number): void {
    if (line === '') return;
    const [, key = '', written = ''] = /^([\w.-]+)\s*:(.*)$/.exec(line) ?? [];
    if (key === '') return this.say(number, l10n.t('This is not "key: value".'));
    const value = written.trim();
    const name = key.toLowerCase();
    if (name === 'parameter') return this.begin(value, number);
    const parameter = this.parameters.at(-1);
    const known = parameter === undefined ? headerKeys : parameterKeys;
    const fields = parameter?.fields ?? this.fields;
    if (!known.includes(name))
      return this.say(number, l10n.t('"{0}" is not known here. Known are: {1}', key, known.join(l10n.t(', '))));
    if (fields.has(name)) return this.say(number, l10n.t('"{0}" stands here twice.', key));
    fields.set(name, { value, line: number });
  }

  finish(): ReadHeader {
    const parameters = this.parameters.map((one) => this.parameter(one));
    const { value: effect = 'changes', line = 0 } = this.fields.get('effect') ?? {};
    if (effect !== 'reads' && effect !== 'changes') this.say(line, l10n.t('The effect is "reads" or "changes".'));
    const header: ScriptHeader = {
      name: wordsOf(this.fields, 'name'),
      description: wordsOf(this.fields, 'description'),
      effect: effect === 'reads' ? 'reads' : 'changes',
      systems: this.systems(),
      timeout: this.timeout(),
      parameters,
    };
    const problems = this.problems.toSorted((a, b) => a.line - b.line);
    return { header: problems.length === 0 ? header : undefined, problems };
  }

  private say(line: number, text: string): void {
    this.problems.push({ line, text });
  }

  private begin(name: string, line: number): void {
    const isSame = (one: { readonly name: string }): boolean => one.name.toLowerCase() === name.toLowerCase();
    if (!/^[A-Za-z_]\w{0,63}$/.test(name))
      this.say(
        line,
        l10n.t('A parameter is named with letters, digits and _ only, no digit first, at most 64 characters.'),
      );
    else if (this.parameters.some(isSame)) this.say(line, l10n.t('Two parameters have this name.'));
    if (this.parameters.length === mostParameters) this.say(line, l10n.t('At most {0} parameters.', mostParameters));
    this.parameters.push({ name, line, fields: new Map() });
  }

  private parameter({
    name,
    line,
    fields,
  }: {
    readonly name: string;
    readonly line: number;
    readonly fields: Fields;
  }): ScriptParameter {
    const initial = fields.get('default');
    const values = this.valuesOf(fields);
    const pattern = this.patternOf(fields);
    const secret = this.flag(fields, 'secret') ?? secretName.test(name);
    const problem = initial && defaultProblem(initial.value, { secret, values, pattern });
    if (problem !== undefined) this.say(initial?.line ?? line, problem);
    return { name, description: wordsOf(fields, 'description'), initial: initial?.value, pattern, values, secret };
  }

  private valuesOf(fields: Fields): readonly string[] | undefined {
    const field = fields.get('values');
    if (field === undefined) return undefined;
    const values = [...new Set(field.value.split(',').map((value) => value.trim()))].filter((value) => value !== '');
    if (values.length === 0) this.say(field.line, l10n.t('There are no values here; set commas between them.'));
    return values;
  }

  private patternOf(fields: Fields): string | undefined {
    const field = fields.get('pattern');
    if (field === undefined) return undefined;
    if (matchesWithin(field.value, '') === undefined)
      this.say(field.line, l10n.t('The pattern is no regular expression.'));
    return field.value;
  }

  private flag(fields: Fields, key: string): boolean | undefined {
    const field = fields.get(key);
    if (field === undefined) return undefined;
    if (/^(?:yes|true)$/i.test(field.value)) return true;
    if (!/^(?:no|false)$/i.test(field.value)) this.say(field.line, l10n.t('"{0}" is "yes" or "no".', key));
    return false;
  }

  private systems(): readonly HostSystem[] | undefined {
    const field = this.fields.get('systems');
    if (field === undefined) return undefined;
    const names = field.value
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((name) => name !== '');
    const systems = (['linux', 'windows'] as const).filter((system) => names.includes(system));
    if (systems.length === 0 || systems.length !== new Set(names).size)
      this.say(field.line, l10n.t('Systems are "linux", "windows", or both.'));
    return systems;
  }

  private timeout(): number | undefined {
    const field = this.fields.get('timeout');
    if (field === undefined) return undefined;
    const seconds = /^\d{1,5}$/.test(field.value) ? Number(field.value) : 0;
    if (seconds >= leastTimeout && seconds <= mostTimeout) return seconds;
    this.say(field.line, l10n.t('Enter a whole number from {0} to {1}.', leastTimeout, mostTimeout));
    return undefined;
  }
}

function wordsOf(fields: Fields, key: string): Words | undefined {
  const en = fields.get(key)?.value;
  const zh = fields.get(`${key}.zh-cn`)?.value;
  const either = en || zh;
  return either === undefined || either === '' ? undefined : { en: en || either, zh: zh || either };
}

function defaultProblem(
  value: string,
  { secret, values, pattern }: Pick<ScriptParameter, 'secret' | 'values' | 'pattern'>,
): string | undefined {
  if (secret && value !== '') return l10n.t('A secret has no default: everybody who has the file could read it.');
  if (values !== undefined && !values.includes(value)) return l10n.t('The default is none of the values.');
  return value !== '' && pattern !== undefined && matchesWithin(pattern, value) === false
    ? l10n.t('The default does not fit the pattern.')
    : undefined;
}
