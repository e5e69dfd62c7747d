import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';

const source = resolve(__dirname, '..', '..', '..', 'src');

interface Import {
  readonly from: string;
  /** A file below src without its ending, or the name of a package. */
  readonly to: string;
  /** Only types are named: nothing of it is loaded. */
  readonly typeOnly: boolean;
  /** It is loaded when the line is reached, not at start. */
  readonly isLate: boolean;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const tree = ts.createSourceFile(file, readFileSync(join(source, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const from = file.replace(/\.ts$/, '');
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, isLate = false): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier))
      found.push({ from, to: target(from, specifier.text), typeOnly, isLate });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.every((element) => element.isTypeOnly);
}

function target(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const path = join(dirname(from), specifier).replaceAll('\\', '/');
  return files.includes(`${path}/index.ts`) ? `${path}/index` : path;
}

/** What a file belongs to: its folder, or itself where it stands beside the folders. */
function layerOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** The folders and packages each layer may import; `node` stands for everything Node brings. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  util: ['util', 'node:crypto', 'node:events', 'node:net', 'node:path'],
  platform: ['platform', 'util', 'node'],
  core: ['core', 'util', 'zod', '@vscode/l10n'],
  providers: ['providers', 'core', 'util', 'zod', '@vscode/l10n', 'node:crypto', '@rgrove/parse-xml'],
  client: ['client', 'core', 'platform', 'util', 'undici', '@vscode/l10n'],
  services: ['services', 'client', 'core', 'platform', 'util', 'zod', '@vscode/l10n'],
  compose: ['compose', 'services', 'client', 'core', 'platform', 'util', 'node', '@vscode/l10n'],
  sandbox: ['sandbox', 'providers', 'core', 'util', 'zod', 'node'],
  webview: ['webview', 'core'],
  host: ['host', 'compose', 'services', 'core', 'platform', 'util', 'vscode', 'zod', '@vscode/l10n'],
  extension: ['app', 'host', 'vscode'],
  app: [
    'host',
    'compose',
    'services',
    'client',
    'providers',
    'sandbox',
    'core',
    'platform',
    'util',
    'vscode',
    'node',
    '@vscode/l10n',
  ],
};

function mayImport({ from, to }: Import): boolean {
  const list = allowed[layerOf(from)] ?? [];
  if (files.includes(`${to}.ts`)) return list.includes(layerOf(to));
  if (isBuiltin(to)) return list.includes('node') || list.includes(to);
  const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? to);
  return list.includes(name);
}

function described(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} imports ${to}`);
}

function importersOf(path: string): string[] {
  return [...new Set(imports.filter(({ to }) => to === path).map(({ from }) => from))].sort();
}

describe('layers', () => {
  test('every folder is in the table', () => {
    assert.deepEqual(
      [...new Set(files.map((file) => layerOf(file.replace(/\.ts$/, ''))))].filter((layer) => !(layer in allowed)),
      [],
    );
  });

  test('no file imports what its layer may not', () => {
    assert.deepEqual(described(imports.filter((one) => !mayImport(one))), []);
  });

  test('no files import each other in a circle, types counted', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of imports) {
      if (files.includes(`${to}.ts`)) edges.set(from, [...(edges.get(from) ?? []), to]);
    }
    assert.deepEqual(cycles(edges), []);
  });
});

function cycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) found.push([...path.slice(path.indexOf(node)), node].join(' → '));
    if (done.has(node) || path.includes(node)) return;
    for (const next of edges.get(node) ?? []) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of edges.keys()) walk(node, []);
  return found;
}

describe('rooms', () => {
  const limits = [
    { layer: 'services', rooms: 12, floors: 5, arrows: 25 },
    { layer: 'host', rooms: 12, floors: 6, arrows: 25 },
  ];
  for (const limit of limits) {
    const rooms = roomsOf(limit.layer);

    test(`of ${limit.layer}: at most ${limit.rooms} on at most ${limit.floors} floors, with about ${limit.arrows} arrows between them`, () => {
      assert.ok(rooms.size <= limit.rooms, `${rooms.size} rooms: ${[...rooms.keys()].join(', ')}`);
      const arrows = [...rooms].flatMap(([from, to]) => [...to].map((one) => `${from} → ${one}`));
      assert.ok(arrows.length <= limit.arrows, `${arrows.length} arrows: ${arrows.join(', ')}`);
      const floors = Math.max(...[...rooms.keys()].map((room) => floorOf(room, rooms)));
      assert.ok(floors <= limit.floors, `${floors} floors`);
    });

    test(`of ${limit.layer} stand in no circle, types counted`, () => {
      assert.deepEqual(cycles(new Map([...rooms].map(([from, to]) => [from, [...to]]))), []);
    });
  }

  test('hold every file of the services and, but for what joins them, of the host', () => {
    assert.deepEqual(
      files.filter((file) => /^(services|host)\/[^/]+$/.test(file)),
      ['host/commandTable.ts', 'host/createHost.ts'],
    );
  });
});

/** The folders of a layer, each with those it imports from; types count. */
function roomsOf(layer: string): Map<string, Set<string>> {
  const inside = (path: string): string | undefined => {
    const [first, second, third] = path.split('/');
    return first === layer && third !== undefined ? second : undefined;
  };
  const rooms = new Map<string, Set<string>>();
  for (const file of files) {
    const room = inside(file);
    if (room !== undefined && !rooms.has(room)) rooms.set(room, new Set());
  }
  for (const { from, to } of imports) {
    const [a, b] = [inside(from), inside(to)];
    if (a !== undefined && b !== undefined && a !== b) rooms.get(a)?.add(b);
  }
  return rooms;
}

function floorOf(room: string, rooms: ReadonlyMap<string, ReadonlySet<string>>): number {
  return 1 + Math.max(0, ...[...(rooms.get(room) ?? [])].map((below) => floorOf(below, rooms)));
}

describe('narrow doors', () => {
  const doors: [string, readonly string[]][] = [
    // Only what a person confirmed can be sent: the engine that carries any effect has three doors and no other.
    [
      'client/callEngine',
      ['compose/calls', 'client/cloudClient', 'client/rehearser', 'client/sender', 'services/actions/call'],
    ],
    [
      'client/sender',
      [
        'compose/calls',
        'services/actions/call',
        'services/actions/engine',
        'services/actions/gate',
        'services/actions/run',
      ],
    ],
    ['services/actions/call', ['services/actions/engine']],
    ['services/actions/engine', ['services/actions/gate']],
    ['services/actions/recheck', ['services/actions/gate']],
    ['undici', ['client/responseCollector', 'client/connectionPools', 'client/transport']],
    ['providers/index', ['app']],
    ['sandbox/index', ['app']],
    ['app', ['extension']],
  ];
  for (const [path, expected] of doors) {
    test(`${path} is known to ${expected.join(', ')} and nobody else`, () => {
      const unexpected = importersOf(path).filter((from) => !expected.includes(from));
      assert.deepEqual(unexpected, []);
      assert.ok(importersOf(path).length > 0, `${path} is imported by nobody: the test looks for a name that is gone`);
    });
  }

  test('outside the client and the composition of the core the call engine lends its types only', () => {
    const loaded = imports.filter(
      ({ to, from, typeOnly }) => to === 'client/callEngine' && !typeOnly && from !== 'compose/calls',
    );
    assert.deepEqual(described(loaded), []);
  });

  test('undici is loaded with the first call, from one place, and lends its types to the files around it', () => {
    const loaded = imports.filter(
      ({ to, from, typeOnly }) => to === 'undici' && !typeOnly && from !== 'client/networkError',
    );
    assert.deepEqual(described(loaded), ['client/transport imports undici']);
  });

  test('the file that VS Code loads at activation loads nothing heavy', () => {
    assert.deepEqual(loadedBy('extension'), [
      'extension',
      'host/contract/actionCommands',
      'host/contract/contributions',
      'host/ui/lazyTree',
      'host/ui/textFiles',
      'vscode',
    ]);
  });

  test('a client that has not called yet has loaded nothing that opens connections', () => {
    const heavy = /^(?:undici|node:(?:dns|net|tls|http|https|zlib)|client\/connectionPools)$/;
    for (const start of [
      'compose/calls',
      'client/transport',
      'providers/alibaba/provider',
      'providers/volcengine/provider',
    ])
      assert.deepEqual(
        loadedBy(start).filter((name) => heavy.test(name)),
        [],
        start,
      );
  });
});

/** What is loaded at start with a file, itself included. */
function loadedBy(start: string): string[] {
  const seen = new Set<string>();
  const load = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { to } of imports.filter(({ from, typeOnly, isLate }) => from === file && !typeOnly && !isLate))
      load(to);
  };
  load(start);
  return [...seen].sort();
}

describe('clouds are values', () => {
  /** Who has to name a cloud, and why. Everybody else is told of clouds by what they are given. */
  const mayName: Readonly<Record<string, string>> = {
    'core/account': 'the ids themselves, from which all lists of them derive',
    'host/contract/contributions': "the settings' names, as package.json has them",
    'services/accounts/endpointSetting': 'an address as an example, in a message',
    'services/actions/safetyPolicy': "the policy file of one vendor's tool",
    'services/accounts/sandboxAccounts': 'what the sandbox prints when it starts',
  };

  const named = files
    .filter((file) => !/^(providers\/|sandbox\/[^/]+\/)/.test(file) && cloudsNamed(file).length > 0)
    .map((file) => file.replace(/\.ts$/, ''));
  const isAllowed = (file: string, entry: string): boolean =>
    entry.endsWith('/') ? file.startsWith(entry) : file === entry;

  test('their names stand in their own folders and in few other files', () => {
    const entries = Object.keys(mayName);
    const unexpected = named.filter((file) => !entries.some((entry) => isAllowed(file, entry)));
    assert.deepEqual(
      unexpected.map((file) => `${file}: ${cloudsNamed(`${file}.ts`).join(', ')}`),
      [],
    );
  });

  for (const [entry, why] of Object.entries(mayName))
    test(`${entry} still names one: ${why}`, () => assert.ok(named.some((file) => isAllowed(file, entry))));
});

test('the sandbox outside the folders of its clouds knows none of them, but for the file that lists them', () => {
  const generic = files.filter((file) => /^sandbox\/[^/]+$/.test(file) && file !== 'sandbox/clouds.ts');
  const ofOneCloud = /alibaba|aliyun|volc|x-acs|x-tt|acs3|hmac|trn:/i;
  const found = generic.flatMap((file) =>
    wordsOf(file)
      .filter((word) => ofOneCloud.test(word))
      .map((word) => `${file}: ${word}`),
  );
  assert.deepEqual(found, []);
  const imported = imports.filter(
    ({ from, to }) => generic.includes(`${from}.ts`) && /^(sandbox|providers)\/.+\//.test(to),
  );
  assert.deepEqual(described(imported), []);
});

/** Every name and text of a file; comments are none. */
function wordsOf(file: string): string[] {
  const tree = ts.createSourceFile(file, readFileSync(join(source, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Texts and names of properties that name a cloud, its tools or its hosts; comments and imports may. */
function cloudsNamed(file: string): string[] {
  const tree = ts.createSourceFile(file, readFileSync(join(source, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    const text =
      ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || isPropertyName(node) ? node.text : '';
    if (/alibaba|aliyun|volc/i.test(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function isPropertyName(node: ts.Node): node is ts.Identifier {
  return ts.isIdentifier(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}
