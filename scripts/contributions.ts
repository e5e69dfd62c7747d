/**
 * Writes what package.json, package.nls*.json and src/host/contract/actionCommands.ts say of actions, from what the
 * kinds declare: `npm run contributions`. With `--check` it changes nothing and fails where something is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { format, resolveConfig } from 'prettier';
import type { Action } from '../src/core/action';
import { commands, submenus } from '../src/host/contract/contributions';
import { providers } from '../src/providers';

const root = join(import.meta.dirname, '..');
const prefix = 'cloudAssistant.';
const generated = 'src/host/contract/actionCommands.ts';
const contextMenu = 'view/item/context';
const { moreActions } = submenus;
const { reviewPlan } = commands;

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly contributes: {
    commands: { readonly command: string }[];
    submenus: { readonly id: string; readonly label: string }[];
    readonly menus: Record<string, MenuItem[]>;
  };
}

/** An action as menus have it. */
interface Command {
  readonly id: string;
  readonly menu: Action['menu'];
  readonly title: () => string;
  /** Whether it is for one row, for many, or for both. */
  readonly rows?: 'one' | 'many';
}

/** What VS Code offers beside a selection of many is what all of them have. */
function declared(): Command[] {
  const all = providers.flatMap(({ kinds }) => kinds.flatMap((kind) => kind.actions));
  return all.flatMap(({ id, menu, words, row }): Command[] =>
    row === undefined
      ? [{ id, menu, title: words.command }]
      : [
          { id: row.command, menu, title: row.title, rows: 'one' },
          { id, menu, title: words.command, rows: 'many' },
        ],
  );
}

/** One of each id, in the order of their names: clouds that share an id share its words in menus. */
function actions(): Command[] {
  const all = declared();
  const byId = new Map(all.map((action) => [action.id, all.find(({ id }) => id === action.id) ?? action]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const groups: Readonly<Record<Action['menu'], string>> = {
  run: '2_run',
  power: '6_power',
  settings: '7_settings',
  more: '1_more',
  remove: '9_delete',
};

/** The order of the menu: as the kinds declare them, the first kind that has an action first. */
function inMenuOrder(list: readonly Command[]): Command[] {
  const order = declared().map(({ id }) => id);
  return [...list].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

/** Offered for rows of which any of these can be done. */
function can(ids: readonly string[]): string {
  const token = ids.length === 1 ? (ids[0] ?? '') : `(${ids.join('|')})`;
  return `view =~ /^cloudAssistant\\.(resources|hosts)$/ && viewItem =~ /\\bcan\\.${token}\\b/`;
}

function menuItem({ id, menu, rows }: Command, index: number): MenuItem {
  // Also beside a selection of many: a click outside it means the clicked row alone, which VS Code's keys do not tell.
  const many = rows === undefined ? '' : rows === 'many' ? ' && listMultiSelection' : ' && !listMultiSelection';
  const when = `${can([id])}${many}`;
  const group = menu === 'remove' ? groups.remove : `${groups[menu]}@${index + 1}`;
  return { command: `${prefix}${id}`, when, group };
}

/** The usual actions, and behind one row the rare ones. */
function resourceMenu(list: readonly Command[]): MenuItem[] {
  const items = inMenuOrder(list).map((action, index) => ({ action, item: menuItem(action, index) }));
  const usual = items.filter(({ action }) => action.menu !== 'more').map(({ item }) => item);
  const rare = list
    .filter(({ menu, rows }) => (menu === 'more' || menu === 'remove') && rows !== 'one')
    .map(({ id }) => id);
  return [
    ...usual,
    { submenu: moreActions, when: can(rare), group: '8_more' },
    { command: reviewPlan, when: can(['reviewGroup']), group: '8_plan' },
  ];
}

function moreMenu(list: readonly Command[]): MenuItem[] {
  const rare = inMenuOrder(list.filter(({ menu }) => menu === 'more'));
  const removals = list.filter(({ menu, rows }) => menu === 'remove' && rows !== 'one').map(({ id }) => id);
  return [...rare.map(menuItem), { command: reviewPlan, when: can(removals), group: '8_plan' }];
}

function manifestWith(text: string, list: readonly Command[]): string {
  // This file's own test compares the manifest with the code both ways.
  const manifest = JSON.parse(text) as Manifest;
  const known = /"command": "cloudAssistant\.(\w+)",\s*"category": "%category%",\s*"title": "%action\./g;
  const old = new Set([...text.matchAll(known)].map(([, id]) => `${prefix}${id ?? ''}`));
  const ours = new Set([...list.map(({ id }) => `${prefix}${id}`), ...old]);
  const { contributes } = manifest;
  const texts = list.map(({ id }) => ({
    command: `${prefix}${id}`,
    category: '%category%',
    title: `%action.${id}%`,
  }));
  contributes.commands = [...texts, ...contributes.commands.filter(({ command }) => !ours.has(command))];
  contributes.submenus = [{ id: moreActions, label: '%submenu.moreActions%' }];
  const { menus } = contributes;
  const rest = (menus[contextMenu] ?? []).filter(
    ({ command = '', submenu }) => submenu !== moreActions && command !== reviewPlan && !ours.has(command),
  );
  const at = rest.findIndex(({ command }) => command === commands.removeAccount);
  menus[contextMenu] = [...rest.slice(0, at), ...resourceMenu(list), ...rest.slice(at)];
  menus[moreActions] = moreMenu(list);
  return JSON.stringify(manifest);
}

function textsWith(text: string, list: readonly Command[], contents: Record<string, string>): string {
  const before = Object.entries(JSON.parse(text) as Record<string, string>).filter(
    ([key]) => !key.startsWith('action.'),
  );
  l10n.config({ contents });
  const titles = list.map(({ id, title }): [string, string] => [`action.${id}`, `${title()}…`]);
  l10n.config({ contents: {} });
  const at = before.findIndex(([key]) => key.startsWith('command.'));
  return JSON.stringify(Object.fromEntries([...before.slice(0, at), ...titles, ...before.slice(at)]));
}

function moduleWith(list: readonly Command[]): string {
  const lines = list.map(({ id }) => `${id}: '${prefix}${id}',`);
  return `// Written by scripts/contributions.ts from the actions that the kinds declare; \`npm run contributions\` writes it anew.

/** The commands of actions. */
export const actionCommands = {
${lines.join('\n')}
} as const;

export type ActionCommand = keyof typeof actionCommands;
`;
}

/** What each file should hold, by its path. */
export async function contributions(): Promise<ReadonlyMap<string, string>> {
  const list = actions();
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  // Checked by the l10n test: every value is a text.
  const chinese = JSON.parse(read('l10n/bundle.l10n.zh-cn.json')) as Record<string, string>;
  const wanted = new Map([
    ['package.json', manifestWith(read('package.json'), list)],
    ['package.nls.json', textsWith(read('package.nls.json'), list, {})],
    ['package.nls.zh-cn.json', textsWith(read('package.nls.zh-cn.json'), list, chinese)],
    [generated, moduleWith(list)],
  ]);
  const laidOut = [...wanted].map(async ([path, text]): Promise<[string, string]> => {
    const filepath = join(root, path);
    return [path, await format(text, { ...(await resolveConfig(filepath)), filepath })];
  });
  return new Map(await Promise.all(laidOut));
}

/** The files that do not say what the catalogue says. */
export async function stale(): Promise<string[]> {
  return [...(await contributions())]
    .filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text)
    .map(([path]) => path);
}

async function main(): Promise<void> {
  if (process.argv.includes('--check')) {
    const found = await stale();
    if (found.length === 0) return;
    console.error(`Run "npm run contributions": ${found.join(', ')} no longer say what the kinds declare.`);
    process.exitCode = 1;
    return;
  }
  for (const [path, text] of await contributions()) writeFileSync(join(root, path), text);
}

if (process.argv[1] === import.meta.filename) void main();
