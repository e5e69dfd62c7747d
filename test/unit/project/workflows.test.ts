import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { repository } from '../../workbench/paths';
import { versions } from '../../workbench/versions';
import { parseWorkflow, workflowProblems, type Job, type Workflow } from './workflowRules';

const read = (...path: readonly string[]): string => readFileSync(join(repository, ...path), 'utf8');
const files = readdirSync(join(repository, '.github', 'workflows'));

describe('workflows are sound', () => {
  for (const file of files) {
    it(file, () => assert.deepEqual(workflowProblems(read('.github', 'workflows', file)), []));
  }

  it('every pin of an action is the same', () => {
    const pins = new Set(files.flatMap((file) => read('.github', 'workflows', file).match(/uses: .*/g) ?? []));
    const names = [...pins].map((pin) => pin.replace(/@.*/, ''));
    assert.deepEqual(names, [...new Set(names)]);
  });
});

const sound = `
on: [push]
permissions:
  contents: read
jobs:
  build:
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: npm ci
        env:
          TOKEN: \${{ secrets.TOKEN }}
`;

/** A sound workflow with one mistake; each was found in a workflow of somebody. */
function refuses(name: string, from: string, to: string, problem: RegExp): void {
  it(name, () => {
    assert.ok(sound.includes(from), 'The mistake cannot be made.');
    const problems = workflowProblems(sound.replace(from, to));
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0] ?? '', problem);
  });
}

describe('the rules find', () => {
  const action = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
  it('nothing in a sound workflow', () => assert.deepEqual(workflowProblems(sound), []));
  refuses('an action by its tag', action, 'actions/checkout@v7 # v7.0.1', /Pin by commit/);
  refuses('an action by its branch', action, 'actions/checkout@main', /Pin by commit/);
  refuses('an action by a short commit', action, 'actions/checkout@3d3c42e # v7.0.1', /Pin by commit/);
  refuses('a commit without its version', ' # v7.0.1', '', /Pin by commit/);
  refuses('a commit with half a version', ' # v7.0.1', ' # v7', /Pin by commit/);
  refuses('an image', 'npm ci', 'npm ci\n      - uses: docker://node:20', /Pin by commit/);
  refuses('a foreign trigger', '[push]', '[push, pull_request_target]', /stranger/);
  refuses('another foreign trigger', '[push]', '\n  workflow_run:\n    workflows: [CI]', /stranger/);
  refuses('free input', '[push]', '\n  workflow_dispatch:\n    inputs:\n      branch: {}', /type/);
  refuses('no permissions', 'permissions:\n  contents: read\n', '', /more than read/);
  refuses('all permissions', 'permissions:\n  contents: read\n', 'permissions: write-all\n', /more than read/);
  refuses('one permission too many', '  contents: read\njobs', '  contents: write\njobs', /more than read/);
  refuses('a job without permissions', '    permissions:\n      contents: read\n', '', /does not say/);
  refuses('a job without an end', '    timeout-minutes: 5\n', '', /hours/);
  refuses('a token on the disk', 'persist-credentials: false', 'fetch-depth: 0', /on the disk/);
  refuses('a token on the disk, said', 'persist-credentials: false', 'persist-credentials: true', /on the disk/);
  refuses('an input in a command', 'npm ci', 'echo ${{ inputs.branch }}', /expression/);
  refuses('a title in a command', 'npm ci', '|\n          echo "${{ github.event.pull_request.title }}"', /expression/);
  refuses('the newest of something', 'npm ci', 'vsce@latest publish', /lock file/);
  refuses('npx', 'npm ci', 'npx vsce publish', /lock file/);
  refuses('an installation without a lock', 'npm ci', 'npm install', /lock file/);
  refuses('a script from elsewhere', 'npm ci', 'curl -sSf https://example.com/i.sh | sh', /lock file/);
  refuses('a step that may fail', 'npm ci', 'npm ci\n        continue-on-error: true', /after a failure/);
  refuses(
    'a secret in the arguments',
    'persist-credentials',
    'token: ${{ secrets.T }}\n          persist-credentials',
    /secret/i,
  );
  refuses('a secret of a whole job', '    steps:', '    env:\n      T: ${{ secrets.T }}\n    steps:', /secret/i);
  refuses('all secrets handed on', '    steps:', '    secrets: inherit\n    steps:', /secret/i);
});

const release = parseWorkflow(read('.github', 'workflows', 'release.yml'));
const publishing = Object.entries(release.jobs).filter(([name]) => name !== 'build');

describe('a release is built once', () => {
  it('by a job that has no secret and no right', () => {
    const { build } = release.jobs;
    assert.deepEqual(build?.permissions, { contents: 'read' });
    assert.equal(build?.environment, undefined);
    assert.doesNotMatch(JSON.stringify(build), /secrets|github\.token|GH_TOKEN/);
    assert.ok(build?.steps?.some(({ run }) => run === '.ci/run'));
    assert.match(JSON.stringify(build?.outputs), /steps\.files\.outputs\.sha256/);
  });

  it('and goes to each store by itself', () => {
    assert.deepEqual(
      publishing.map(([name]) => name),
      ['attest', 'github', 'marketplace', 'open-vsx'],
    );
    for (const [name, job] of publishing) {
      assert.equal(job.needs, 'build', name);
      assert.match(job.if ?? '', /github\.ref_type == 'tag'/, name);
      assert.equal(job.environment, name === 'attest' ? undefined : 'release', name);
    }
    for (const [name, variable] of [
      ['marketplace', 'AZURE_CLIENT_ID'],
      ['open-vsx', 'OPEN_VSX'],
    ] as const) {
      assert.match(release.jobs[name]?.if ?? '', new RegExp(`vars\\.${variable}`), name);
    }
  });

  for (const [name, job] of publishing) {
    it(`${name} runs nothing of ours, on the file it was handed`, () => assert.deepEqual(foreignSteps(job), []));
    it(`${name} compares the file before it does anything with it`, () => {
      const steps = job.steps ?? [];
      const compared = steps.findIndex(({ run }) => run === comparison);
      assert.equal(steps[compared - 1]?.uses?.split('@')[0], 'actions/download-artifact');
      const used = steps.findIndex((step) =>
        /publish |gh release|actions\/attest|azure\/login/.test(JSON.stringify(step)),
      );
      assert.ok(compared !== -1 && compared < used, name);
      assert.equal(job.env?.['SHA256'], '${{ needs.build.outputs.sha256 }}');
    });
  }

  it('the test finds a job that runs a script', () => {
    assert.equal(foreignSteps({ steps: [{ run: 'npm run build' }] }).length, 1);
    assert.equal(foreignSteps({ steps: [{ run: 'npm ci' }] }).length, 1);
    assert.equal(foreignSteps({ steps: [{ uses: 'actions/checkout@1', with: {} }] }).length, 1);
    assert.equal(foreignSteps({ steps: [{ uses: 'somebody/publish@1' }] }).length, 1);
  });

  it('the stores’ clients are pinned', () => {
    const { dependencies, scripts } = JSON.parse(read('.github', 'publish', 'package.json')) as Record<string, object>;
    assert.deepEqual(Object.keys(dependencies ?? {}), ['@vscode/vsce', 'ovsx']);
    for (const version of Object.values(dependencies ?? {})) assert.match(String(version), /^\d+\.\d+\.\d+$/);
    assert.equal(scripts, undefined);
    const { packages } = JSON.parse(read('.github', 'publish', 'package-lock.json')) as {
      packages: Record<string, { integrity?: string }>;
    };
    const [, ...locked] = Object.entries(packages);
    assert.deepEqual(
      locked.filter(([, { integrity }]) => integrity === undefined).map(([name]) => name),
      [],
    );
  });
});

const comparison = 'echo "$SHA256  release/cloud-assistant-explorer.vsix" | sha256sum --check --strict';
const client =
  /^\.github\/publish\/node_modules\/\.bin\/(?:vsce|ovsx) publish --packagePath release\/cloud-assistant-explorer\.vsix(?: [\w$-]+)*$/;
const installation = 'npm ci --ignore-scripts --prefix .github/publish';
const actions = ['actions/setup-node', 'actions/download-artifact', 'actions/attest', 'azure/login'];

/** The steps of a publishing job that could run code of ours or of somebody unknown. */
function foreignSteps({ steps = [] }: Job): unknown[] {
  return steps.filter(({ uses, run, with: options }) => {
    if (run !== undefined) {
      return (
        run !== comparison &&
        run !== installation &&
        !client.test(run) &&
        !/^gh release [^;&`()]*$/.test(run.replace(' || ', ' '))
      );
    }
    const action = uses?.split('@')[0] ?? '';
    return action === 'actions/checkout'
      ? options?.['sparse-checkout'] !== '.github/publish'
      : !actions.includes(action);
  });
}

describe('what is supported is tested', () => {
  const ci: Workflow = parseWorkflow(read('.github', 'workflows', 'ci.yml'));
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const floor = /^\^(\d+\.\d+)\.0$/.exec(manifest['engines']?.['vscode'] ?? '')?.[1] ?? '';
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> };

  it('three systems, the oldest and the newest VS Code', () => {
    const { system = [], vscode = [] } = ci.jobs['desktop']?.strategy?.matrix ?? {};
    assert.deepEqual(system.map((name) => String(name).replace(/-.*/, '')).sort(), ['macos', 'ubuntu', 'windows']);
    assert.deepEqual([...vscode].sort(), Object.keys(versions).sort());
    assert.ok(versions.floor.vscode.startsWith(`${floor}.`), 'The oldest VS Code tested is not the oldest supported.');
  });

  it('the Node.js of the oldest VS Code', () => {
    /** What each VS Code brings; see "Help › About" of that version. */
    const nodes = new Map([['1.100', '20.19.0']]);
    const node = nodes.get(floor);
    assert.ok(node !== undefined, `Write down which Node.js VS Code ${floor} brings.`);
    const used = ci.jobs['oldest-node']?.steps?.map((step) => step.with?.['node-version']);
    assert.ok(used?.includes(node), `CI does not test with Node.js ${node}.`);
    const major = node.replace(/\..*/, '');
    assert.equal(read('.nvmrc').trim(), major);
    assert.equal(lock.packages['node_modules/@types/node']?.version.split('.')[0], major);
    assert.ok(read('scripts', 'esbuild.ts').includes(`target: 'node${major}'`));
  });

  it('against the types of the oldest VS Code', () => {
    assert.ok(lock.packages['node_modules/@types/vscode']?.version.startsWith(`${floor}.`));
    assert.equal(manifest['devDependencies']?.['@types/vscode'], `~${floor}.0`);
  });
});

describe('new versions of packages', () => {
  interface Update {
    readonly 'package-ecosystem': string;
    readonly directory: string;
    readonly cooldown?: { readonly 'default-days': number };
    readonly ignore?: readonly { readonly 'dependency-name': string; readonly 'update-types': readonly string[] }[];
  }
  const { updates } = parse(read('.github', 'dependabot.yml')) as { readonly updates: readonly Update[] };

  it('are looked for wherever there are some, and wait a week', () => {
    assert.deepEqual(
      updates.map((update) => `${update['package-ecosystem']} ${update.directory}`),
      ['npm /', 'npm /.github/publish', 'github-actions /'],
    );
    for (const { cooldown } of updates) assert.ok((cooldown?.['default-days'] ?? 0) >= 7);
  });

  it('undici is pinned, for its inner files are what dist/undici.js is made of', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { readonly dependencies: Record<string, string> };
    assert.match(dependencies['undici'] ?? '', /^7\.\d+\.\d+$/);
  });

  it('do not raise what the oldest VS Code fixes', () => {
    const ignored = new Map(updates[0]?.ignore?.map((each) => [each['dependency-name'], each['update-types']]));
    assert.deepEqual(ignored.get('@types/vscode'), ['version-update:semver-major', 'version-update:semver-minor']);
    for (const name of ['@types/node', 'undici', '@vscode/vsce', 'eslint-plugin-regexp']) {
      assert.ok(ignored.get(name)?.includes('version-update:semver-major'), name);
    }
  });
});
