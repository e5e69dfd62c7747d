/** One row of the bench: a figure, and its goal where it has one. */
interface Row {
  readonly name: string;
  readonly value: number;
  readonly goal: number | null;
  readonly met: boolean | null;
  readonly unit: string;
  readonly how: string;
}

/** Collects rows and prints them for people and, as the last line, for programs. */
export class Table {
  private readonly rows: Row[] = [];

  /** Ours divided by theirs, against a goal. */
  ratio(name: string, value: number, goal: number, how: string, direction: 'atMost' | 'atLeast' = 'atMost'): void {
    const met = direction === 'atMost' ? value <= goal : value >= goal;
    this.add({ name, value, goal, met, unit: 'ratio', how });
  }

  /** A figure of its own that must not be larger than the goal. */
  limit(name: string, value: number, goal: number, unit: string, how: string): void {
    this.add({ name, value, goal, met: value <= goal, unit, how });
  }

  /** A figure without a goal. */
  figure(name: string, value: number, how: string, unit: string): void {
    this.add({ name, value, goal: null, met: null, unit, how });
  }

  print(machine: object): void {
    for (const { name, value, goal, met, unit, how } of this.rows) {
      const verdict = met === null ? '' : met ? 'met' : 'NOT MET';
      const aim = goal === null ? '' : `goal ${goal}`;
      process.stdout.write(
        `${name.padEnd(46)} ${value.toFixed(3).padStart(10)} ${unit.padEnd(6)} ${aim.padEnd(10)} ${verdict.padEnd(8)} ${how}\n`,
      );
    }
    process.stdout.write(`${JSON.stringify({ rows: this.rows, machine })}\n`);
  }

  private add(row: Row): void {
    this.rows.push(row);
    process.stderr.write(`${row.name}: ${row.value.toFixed(3)} ${row.unit}\n`);
  }
}
