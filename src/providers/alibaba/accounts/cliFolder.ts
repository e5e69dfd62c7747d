import type { HomePlace } from '../../../core/cloudProfiles';
import { joinPath } from '../../../util/paths';

/**
 * The folder of Alibaba Cloud's command-line tool, for everything it keeps there. On Windows it goes by the drive and
 * path of the home folder first, which companies point to a network drive, and only then by the user's profile
 * (`GetHomePath` in `config/configuration.go` of aliyun/aliyun-cli; it puts the texts one behind the other).
 */
export function cliFolder({ env, home, windows }: HomePlace): string {
  const drive = windows ? `${env['HOMEDRIVE'] ?? ''}${env['HOMEPATH'] ?? ''}` : '';
  // "C:" alone would be the current folder of that drive.
  return joinPath(drive === '' ? home : `${drive}/`, '.aliyun');
}
