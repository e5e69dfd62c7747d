import childProcess from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import Module from 'node:module';
import net from 'node:net';
import { loadedBundles } from './extension';

/** What one extension did while VS Code loaded and activated it. */
export interface Start {
  readonly loadMs: number;
  readonly activateMs: number;
  /** Functions of Node that touch files, processes or the network, called by the extension itself. */
  readonly touched: readonly string[];
  /** Bundles that were loaded when `activate()` returned. */
  readonly bundles: readonly string[];
}

type Loader = (module: NodeModule, path: string) => void;
type Entry = { activate: (...args: unknown[]) => unknown };

/** Watches the next load of the file at `main`. Only what happens before `activate()` returns is looked at. */
export function watchStart(main: string): Promise<Start> {
  // Node keeps its loaders here; the types leave them out.
  const loaders = (Module as unknown as { _extensions: Record<string, Loader> })._extensions;
  const original = loaders['.js'];
  if (original === undefined) throw new Error('Node loads JavaScript in another way than expected.');
  return new Promise((resolve) => {
    loaders['.js'] = (module, path) => {
      if (path !== main) return original(module, path);
      loaders['.js'] = original;
      const touched: string[] = [];
      const load = timed(main, touched, () => original(module, path));
      // The file is ours and exports what VS Code calls.
      const { activate, ...others } = module.exports as Entry;
      const wrapped = (...args: unknown[]): unknown => {
        const call = timed(main, touched, () => activate(...args));
        resolve({ loadMs: load.ms, activateMs: call.ms, touched, bundles: loadedBundles() });
        return call.value;
      };
      module.exports = { ...others, activate: wrapped };
    };
  });
}

/** Runs something and writes down which functions of Node the file at `main` calls meanwhile. */
function timed<T>(main: string, touched: string[], run: () => T): { readonly value: T; readonly ms: number } {
  const restore = watched.flatMap(([name, object]) => watch(name, object, main, touched));
  const start = performance.now();
  try {
    return { value: run(), ms: performance.now() - start };
  } finally {
    restore.forEach((undo) => undo());
  }
}

type Functions = Record<string, unknown>;

const watched = Object.entries({
  fs,
  'fs.promises': fs.promises,
  net,
  http,
  https,
  dns,
  'dns.promises': dns.promises,
  child_process: childProcess,
  // These are modules of functions, whatever else they hold.
}) as [string, Functions][];

function watch(module: string, functions: Functions, main: string, touched: string[]): (() => void)[] {
  return Object.entries(Object.getOwnPropertyDescriptors(functions)).flatMap(([name, property]) => {
    const original: unknown = property.value;
    if (typeof original !== 'function' || property.configurable !== true || /^[A-Z_]/.test(name)) return [];
    const value = function (this: unknown, ...args: unknown[]): unknown {
      if (calledBy(main)) touched.push(`${module}.${name}`);
      return Reflect.apply(original as (...args: unknown[]) => unknown, this, args);
    };
    Object.defineProperty(functions, name, { ...property, value: Object.assign(value, original) });
    return () => Object.defineProperty(functions, name, property);
  });
}

/** Whether the nearest caller that is a file is this one, not VS Code at work for it. */
function calledBy(main: string): boolean {
  const frames = (new Error().stack ?? '').split('\n').filter((frame) => /\s+at /.test(frame));
  const caller = frames.find((frame) => !frame.includes(__filename) && !/\(node:|\(<anonymous>\)/.test(frame));
  return caller?.includes(main) === true;
}
