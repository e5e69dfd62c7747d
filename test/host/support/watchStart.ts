import childProcess from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { aroundStart } from './entryPoint';
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

/** Watches the next load of the file at `main`. Only what happens before `activate()` returns is looked at. */
export function watchStart(main: string): Promise<Start> {
  const touched: string[] = [];
  let loadMs = 0;
  return new Promise((resolve) => {
    aroundStart(main, (step, run) => {
      const { value, ms } = watched(main, touched, run);
      if (step === 'load') loadMs = ms;
      else resolve({ loadMs, activateMs: ms, touched, bundles: loadedBundles() });
      return value;
    });
  });
}

/** Runs something and writes down which functions of Node the file at `main` calls meanwhile. */
function watched<T>(main: string, touched: string[], run: () => T): { readonly value: T; readonly ms: number } {
  const restore = modules.flatMap(([name, object]) => watch(name, object, main, touched));
  const start = performance.now();
  try {
    return { value: run(), ms: performance.now() - start };
  } finally {
    restore.forEach((undo) => undo());
  }
}

type Functions = Record<string, unknown>;

const modules = Object.entries({
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
