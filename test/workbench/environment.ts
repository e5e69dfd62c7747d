const ours = /^(npm_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|VSCODE_|ELECTRON_)/;
const accounts = /^(ALIBABA|ALICLOUD|VOLC)|^(HOME|USERPROFILE)$|^XDG_/;

/** The caller's environment without what npm, Node's test runner or an outer VS Code put there. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return without(process.env, ours);
}

/** The same without the accounts of the person who runs the tests: no test may reach a real cloud. */
export function isolatedEnvironment(home: string): NodeJS.ProcessEnv {
  return { ...without(plainEnvironment(), accounts), HOME: home, USERPROFILE: home };
}

function without(env: NodeJS.ProcessEnv, names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.test(name)));
}
