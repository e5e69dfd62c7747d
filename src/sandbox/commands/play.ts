import { playBatch } from './batch';
import type { Execution, HostFacts, Script } from './execution';
import { playPowerShell } from './powershell';
import { playPython } from './python';
import { playShell } from './shell';

/** Plays a script in its language on a made-up host. Nothing is run on this machine, whatever stands in it. */
export function play(script: Script, host: HostFacts): Execution {
  switch (script.language) {
    case 'shell':
      return /^#!.*python/.test(script.content) ? playPython(script, host) : playShell(script, host);
    case 'powershell':
      return playPowerShell(script, host);
    case 'batch':
      return playBatch(script, host);
    case 'python':
      return playPython(script, host);
  }
}
