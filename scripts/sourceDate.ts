import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { repository } from '../test/workbench/paths';

/** When the source was made, in seconds since 1970: SOURCE_DATE_EPOCH, or the commit's time; nothing outside a clone. */
export async function sourceDate(): Promise<string | undefined> {
  const set = process.env['SOURCE_DATE_EPOCH'];
  if (set !== undefined && set !== '') return set;
  try {
    const { stdout } = await promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: repository });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
