import Module from 'node:module';

/** What VS Code does first with an extension: load its file, then call its `activate()`. */
export type StartStep = 'load' | 'activate';

type Loader = (module: NodeModule, path: string) => void;
type Entry = { activate: (...args: unknown[]) => unknown };

/** Puts `around` about both steps of the next start of the extension whose file is `main`. */
export function aroundStart(main: string, around: <T>(step: StartStep, run: () => T) => T): void {
  // Node keeps its loaders here; the types leave them out.
  const loaders = (Module as unknown as { _extensions: Record<string, Loader> })._extensions;
  const original = loaders['.js'];
  if (original === undefined) throw new Error('Node loads JavaScript in another way than expected.');
  loaders['.js'] = (module, path) => {
    if (path !== main) return original(module, path);
    loaders['.js'] = original;
    around('load', () => original(module, path));
    // The file is ours and exports what VS Code calls.
    const { activate, ...others } = module.exports as Entry;
    module.exports = { ...others, activate: (...args: unknown[]) => around('activate', () => activate(...args)) };
  };
}
