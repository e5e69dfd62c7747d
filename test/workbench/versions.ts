/** One build of VS Code that the harness can run. */
export interface VsCodeVersion {
  /** How arguments and logs name it. */
  readonly name: VersionName;
  /** The version VS Code itself reports. */
  readonly vscode: string;
  /** The npm package `code-server` carries that build. */
  readonly codeServer: string;
  /** Node majors the build runs on; the first is fetched when the current one does not fit. */
  readonly nodeMajors: readonly [number, ...number[]];
  /** Packed size, for the message shown while it downloads. */
  readonly megabytes: number;
}

export type VersionName = 'floor' | 'newest';

/** `floor` follows `engines.vscode` in package.json; `newest` is the latest build we know to work. */
export const versions: Record<VersionName, VsCodeVersion> = {
  floor: { name: 'floor', vscode: '1.100.3', codeServer: '4.100.3', nodeMajors: [20, 22], megabytes: 42 },
  newest: { name: 'newest', vscode: '1.139.1', codeServer: '4.139.1', nodeMajors: [24], megabytes: 47 },
};

export function isVersionName(text: string): text is VersionName {
  return Object.hasOwn(versions, text);
}

/** The versions that arguments name; all of them when they name none. */
export function chooseVersions(names: readonly string[] = Object.keys(versions)): VersionName[] {
  return names.map((name) => {
    if (!isVersionName(name)) {
      throw new Error(`--version takes ${Object.keys(versions).join(' or ')}, not "${name}".`);
    }
    return name;
  });
}
