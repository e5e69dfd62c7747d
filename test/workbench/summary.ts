import type { HostEvent } from './report';

/** Counts and prints the tests of a run as they end. */
export class Summary {
  passed = 0;
  failed = 0;
  skipped = 0;

  readonly add = (event: HostEvent): void => {
    switch (event.kind) {
      case 'started':
        return console.log(`  (VS Code reports version ${event.vscode})`);
      case 'passed':
        this.passed++;
        return console.log(`  ✔ ${event.title} (${event.ms} ms)`);
      case 'failed':
        this.failed++;
        return console.log(`  ✘ ${event.title}\n${indent(event.error)}`);
      case 'skipped':
        this.skipped++;
        return console.log(`  - ${event.title} (skipped)`);
      case 'finished':
        return;
      default:
        return event satisfies never;
    }
  };

  text(): string {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, '      ');
}
