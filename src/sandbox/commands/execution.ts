/** What a script may know of the made-up host that it is played on. Nothing of this machine is in it. */
export interface HostFacts {
  readonly id: string;
  readonly name: string;
  readonly hostname: string;
  readonly address: string;
  readonly system: 'linux' | 'windows';
  readonly osVersion: string;
  readonly agentVersion: string;
}

/** A script as it reaches a host. */
export interface Script {
  readonly language: 'shell' | 'powershell' | 'batch' | 'python';
  readonly content: string;
  readonly user: string;
  readonly folder: string;
  readonly now: Date;
}

/** A piece of output and when it was written, in milliseconds after the start. */
export interface Piece {
  readonly atMs: number;
  readonly text: string;
  /** The text stands for bytes, one character each, and is nobody's to encode. */
  readonly isBytes?: boolean;
}

/** How a script went. `durationMs` is Infinity for one that never ends. */
export interface Execution {
  readonly pieces: readonly Piece[];
  readonly exitCode: number;
  readonly durationMs: number;
}

/** Ends a script from anywhere in it. */
export class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

/** A script that goes on for ever: its steps are used up. */
export class Endless extends Error {}

/** What is written, in order, with made-up time: a `sleep` only moves it on. */
export class Recorder {
  readonly pieces: Piece[] = [];
  ms = 0;
  private steps = 0;
  private size = 0;

  write(text: string): void {
    if (text === '' || this.size > mostText) return;
    this.size += text.length;
    this.pieces.push({ atMs: this.ms, text });
  }

  /** Counts what is done, so that no script can keep the sandbox busy. */
  step(): void {
    if (++this.steps > mostSteps) throw new Endless('too many steps');
  }

  sleep(seconds: number): void {
    this.ms += Math.max(0, seconds) * 1_000;
  }
}

const mostSteps = 20_000;
const mostText = 400_000;

/** Plays a script to its end. What goes wrong in it is written as its shell would, never thrown. */
export function record(run: (recorder: Recorder) => number, failure: (message: string) => string): Execution {
  const recorder = new Recorder();
  try {
    const exitCode = run(recorder);
    return { pieces: recorder.pieces, exitCode, durationMs: recorder.ms };
  } catch (error) {
    if (error instanceof Endless) return { pieces: recorder.pieces, exitCode: 137, durationMs: Infinity };
    if (error instanceof Exit) return { pieces: recorder.pieces, exitCode: error.code, durationMs: recorder.ms };
    recorder.write(failure(error instanceof Error ? error.message : String(error)));
    return { pieces: recorder.pieces, exitCode: 2, durationMs: recorder.ms };
  }
}
