import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { removalOf } from '../../../src/core/action';
import { actionCommands } from '../../../src/host/contract/actionCommands';
import {
  abilities,
  abilityOf,
  commands,
  contextKeys,
  itemOnly,
  endpointSettings,
  outputLanguage,
  planLanguage,
  schemes,
  settings,
  submenus,
  views,
} from '../../../src/host/contract/contributions';
import { providers } from '../../../src/providers/index';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly keywords: readonly string[];
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly icon: string;
  readonly main: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: boolean };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
    }[];
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly keybindings?: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly languages: readonly { readonly id: string }[];
    readonly configurationDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope: string; readonly default: unknown }>>;
    };
  };
}

const root = resolve(__dirname, '..', '..', '..');
// The tests below are what checks the shape.
const manifest = read('package.json') as Manifest;
const english = read('package.nls.json') as Record<string, string>;
const chinese = read('package.nls.zh-cn.json') as Record<string, string>;
const { contributes } = manifest;
const ids = new Set<string>(Object.values(commands));
const menuItems = Object.entries(contributes.menus).flatMap(([menu, items]) =>
  items.map((item) => ({ menu, ...item })),
);

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

function sorted(values: Iterable<string>): string[] {
  return [...values].sort();
}

describe('the manifest and contributions.ts name the same', () => {
  test('commands', () => {
    assert.deepEqual(sorted(contributes.commands.map((c) => c.command)), sorted(ids));
  });

  test('views', () => {
    assert.deepEqual(
      sorted(Object.values(contributes.views).flatMap((v) => v.map(({ id }) => id))),
      sorted(Object.values(views)),
    );
  });

  test('submenus, each of which is shown somewhere and holds something', () => {
    const shown = menuItems.flatMap(({ submenu }) => submenu ?? []);
    for (const names of [contributes.submenus.map(({ id }) => id), shown])
      assert.deepEqual(sorted(names), sorted(Object.values(submenus)));
    for (const id of shown) assert.ok((contributes.menus[id] ?? []).length > 0, id);
  });

  test('settings', () => {
    assert.deepEqual(
      sorted(Object.keys(contributes.configuration.properties)),
      sorted([...Object.values(settings), ...Object.values(endpointSettings)]),
    );
  });

  test('languages', () => {
    assert.deepEqual(
      contributes.languages.map(({ id }) => id),
      [planLanguage, outputLanguage],
    );
  });

  test('plans and results are shown without boxes around Chinese signs and typographic ones', () => {
    const defaults = contributes.configurationDefaults[`[${planLanguage}]`];
    assert.equal(defaults?.['editor.unicodeHighlight.ambiguousCharacters'], false);
  });

  test('nothing that hosts print is a link', () => {
    assert.equal(contributes.configurationDefaults[`[${outputLanguage}]`]?.['editor.links'], false);
  });

  test('abilities: menus use every token and no other', () => {
    const text = menuItems.map((item) => item.when ?? '').join('\n');
    const groups = [...text.matchAll(/can\\?\.\(?([\w|]+)\)?/g)].flatMap((match) => (match[1] ?? '').split('|'));
    const tokens = [...Object.values(abilities), ...Object.keys(actionCommands).map(abilityOf)];
    assert.deepEqual(sorted(new Set(groups.map((name) => `can.${name}`))), sorted(tokens));
  });

  test('context keys', () => {
    const text = menuItems.map((item) => item.when ?? '').join('\n');
    const used = [...text.matchAll(/cloudAssistant\.\w+/g)].map(([key]) => key);
    const known = new Set<string>([...Object.values(contextKeys), ...Object.values(views)]);
    assert.deepEqual(
      used.filter((key) => !known.has(key)),
      [],
    );
    for (const key of Object.values(contextKeys)) assert.ok(used.includes(key), `${key} is used by no menu`);
  });
});

describe('commands', () => {
  for (const { command, title, category } of contributes.commands) {
    test(`${command} has a title and a category in both languages`, () => {
      for (const text of [title, category]) {
        const key = /^%(.+)%$/.exec(text)?.[1] ?? '';
        assert.ok(english[key], `${text} has no English`);
        assert.ok(chinese[key], `${text} has no Chinese`);
      }
    });
  }

  test('are those that scripts and key bindings rely on', () => {
    const kept = [
      'deregisterManagedInstance',
      'deleteActivation',
      'deleteInstances',
      'showDetails',
      'openResponse',
      'refresh',
      'addAccount',
      'removeAccount',
    ];
    assert.deepEqual(
      kept.filter((name) => !ids.has(`cloudAssistant.${name}`)),
      [],
    );
    assert.equal(english['category'], 'Cloud Assistant');
    assert.equal(english['view.resources'], 'Resources');
    assert.equal(english['view.operations'], 'Operations');
  });

  test('that need a row are hidden from the palette, and no others', () => {
    const hidden = (contributes.menus['commandPalette'] ?? [])
      .filter((item) => item.when === 'false')
      .map((item) => item.command ?? '');
    assert.deepEqual(sorted(hidden), sorted(itemOnly.map((name) => commands[name])));
  });

  test('of menus exist, and so do menus behind menus', () => {
    const known = new Set([...ids, ...Object.values(submenus)]);
    assert.deepEqual(
      menuItems.filter(({ command, submenu }) => !known.has(command ?? submenu ?? '')),
      [],
    );
  });
});

describe('menus', () => {
  const destructive = new Set<string>([
    commands.deregisterManagedInstance,
    commands.deleteActivation,
    commands.deleteInstances,
    commands.deleteInstance,
    commands.releaseInstance,
    commands.deleteCommand,
  ]);

  test('no destructive command is inline, in a title bar or on a key', () => {
    const places = menuItems.filter((item) => destructive.has(item.command ?? '') && item.menu !== 'commandPalette');
    assert.deepEqual(
      new Set(places.map((item) => `${item.menu} ${item.group ?? ''}`)),
      new Set(['view/item/context 9_delete']),
    );
    const keys = contributes.keybindings ?? [];
    assert.deepEqual(
      keys.filter(({ command, key }) => destructive.has(command) || /delete|backspace|(^|\+)d$/.test(key)),
      [],
    );
    for (const { when } of keys) assert.match(when, /focusedView == cloudAssistant\.\w+ .*!inputFocus/);
  });

  test('of a resource has power, then protection and names, then the rare ones behind one row, then what removes it', () => {
    const items = menuItems.filter((item) => item.menu === 'view/item/context');
    const group = (menu: string): string[] =>
      items
        .filter((item) => item.group?.split('@')[0] === menu)
        .map(({ command, submenu }) => command ?? submenu ?? '');
    assert.deepEqual(group('6_power'), [commands.startInstances, commands.stopInstances, commands.restartInstances]);
    for (const one of [commands.changeReleaseProtection, commands.rename]) assert.ok(group('7_settings').includes(one));
    assert.deepEqual(group('8_more'), [submenus.moreActions]);
    const rare = contributes.menus[submenus.moreActions] ?? [];
    assert.ok(rare.some(({ command }) => command === commands.reviewPlan));
  });

  test('the destructive group is the last of a resource and holds nothing else', () => {
    const items = menuItems.filter((item) => item.menu === 'view/item/context');
    assert.deepEqual(
      new Set(items.filter((item) => item.group === '9_delete').map((item) => item.command)),
      destructive,
    );
    const groups = items.flatMap((item) => item.group?.split('@')[0] ?? []);
    assert.deepEqual(
      groups.filter((group) => group > '9_delete' && group !== 'inline'),
      ['9_remove'],
    );
  });

  for (const kind of providers.flatMap((provider) => provider.kinds)) {
    test(`${kind.one()} is offered the command that removes it`, () => {
      const removal = removalOf(kind);
      if (removal === undefined) return;
      const { id } = removal;
      const offered = menuItems.filter(
        (item) => item.group === '9_delete' && item.when?.includes(abilityOf(id).replace('.', '\\.')),
      );
      assert.deepEqual(
        offered.map((item) => item.command),
        [`cloudAssistant.${id}`],
      );
    });
  }

  test('of instances have the word of the cloud they are in', () => {
    const words = providers.map(({ id, kinds }) => {
      const removal = kinds.flatMap((kind) => (kind.id === 'instance' ? (removalOf(kind) ?? []) : []))[0];
      return [id, english[`action.${removal?.row?.command ?? ''}`]];
    });
    assert.deepEqual(words, [
      ['alibabaCloud', 'Release Instance…'],
      ['volcengine', 'Delete Instance…'],
    ]);
  });

  test('of rows and title bars stay in our own views', () => {
    const elsewhere = menuItems.filter(
      ({ menu, when = '' }) => menu.startsWith('view/') && !/^view (== |=~ \/\^)cloudAssistant\\?\./.test(when),
    );
    assert.deepEqual(elsewhere, []);
  });

  test('name no kind and no cloud', () => {
    // An action is named by its command, which may say of what it is.
    const text = menuItems.map((item) => (item.when ?? '').replaceAll(/can\\\.\(?[\w|]+\)?/g, '')).join('\n');
    assert.doesNotMatch(text, /alibaba|volcengine|managedInstance|activation\b/i);
  });
});

describe('the walkthrough', () => {
  for (const { id, media, completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    test(`${id} has a picture in the colours of the theme and is done by a command`, () => {
      const picture = readFileSync(join(root, media.svg), 'utf8');
      assert.match(picture, /var\(--vscode-foreground\)/);
      assert.doesNotMatch(picture, /style=|#[0-9a-f]{3}/i);
      assert.ok(completionEvents.length > 0);
      assert.deepEqual(
        completionEvents.filter((event) => !ids.has(event.replace(/^onCommand:/, ''))),
        [],
      );
    });
  }
});

describe('activation and trust', () => {
  test('nothing but its own views, commands and tabs wakes the extension; VS Code derives the events of the first two', () => {
    // Those it does not: tabs of an earlier session.
    assert.deepEqual(
      manifest.activationEvents,
      Object.values(schemes)
        .map((scheme) => `onFileSystem:${scheme}`)
        .sort(),
    );
  });

  test('a workspace can set nothing', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(
      Object.entries(properties).filter(([, { scope }]) => scope !== 'machine'),
      [],
    );
  });

  test('so a workspace that is not trusted takes nothing away', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces, { supported: true });
  });

  test('runs on the side of the person, also without files', () => {
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });
});

describe('texts and files', () => {
  test('every key that is used exists in both languages, and no other', () => {
    const { description, displayName, ...rest } = read('package.json') as Record<string, unknown>;
    const used = [...JSON.stringify([description, displayName, rest]).matchAll(/"%([\w.]+)%"/g)].map(
      (match) => match[1] ?? '',
    );
    assert.deepEqual(sorted(Object.keys(english)), sorted(new Set(used)));
    assert.deepEqual(sorted(Object.keys(chinese)), sorted(new Set(used)));
  });

  test('Chinese texts are Chinese and link to the same commands', () => {
    const links = (text: string): string[] => [...text.matchAll(/\((command:[^)]+)\)/g)].map((match) => match[1] ?? '');
    const same = new Set(['displayName', 'config.answerFormat.json', 'config.answerFormat.xml']);
    for (const [key, text] of Object.entries(chinese)) {
      if (!same.has(key)) assert.match(text, /\p{Script=Han}/u, key);
      assert.deepEqual(links(text), links(english[key] ?? ''), key);
    }
  });

  test('the welcome view offers the sandbox and an account', () => {
    const text = english['welcome.resources'] ?? '';
    for (const id of [commands.trySandbox, commands.addAccount]) assert.ok(text.includes(`(command:${id})`), id);
  });

  test('the Marketplace takes the keywords', () => {
    assert.ok(manifest.keywords.length <= 30);
    assert.equal(new Set(manifest.keywords).size, manifest.keywords.length);
  });

  test('links in texts lead to commands that exist', () => {
    const views = Object.values(contributes.views).flatMap((v) => v.map(({ id }) => `${id}.focus`));
    const tours = contributes.walkthroughs.map(
      ({ id }) => `workbench.action.openWalkthrough?"${manifest.publisher}.${manifest.name}#${id}"`,
    );
    const known = new Set([...ids, ...views, ...tours]);
    const links = Object.values(english).flatMap((text) =>
      [...text.matchAll(/\(command:([^)]+)\)/g)].map((match) => decodeURIComponent(match[1] ?? '')),
    );
    assert.deepEqual(
      links.filter((link) => !known.has(link)),
      [],
    );
  });

  test('icons are there', () => {
    for (const file of [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon)]) {
      assert.ok(existsSync(join(root, file)), file);
    }
  });
});
