import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cliFolder } from '../../../../../src/providers/alibaba/accounts/cliFolder';
import { profiles } from '../../../../../src/providers/alibaba/accounts/profiles';

describe('the folder of the aliyun CLI', () => {
  const check = (what: string, windows: boolean, env: Readonly<Record<string, string>>, expected: string): void =>
    void test(what, () => {
      const place = { env, home: '/home/me', windows };
      assert.equal(cliFolder(place), expected);
      const config = profiles.files(place, () => new Date(0)).find(({ kind }) => kind === 'cli');
      assert.equal(config?.path, `${expected}/config.json`, 'its profiles are in the same one');
    });
  const drive = { HOMEDRIVE: '/net', HOMEPATH: '/users/me' };
  check('is in the home folder', false, {}, '/home/me/.aliyun');
  check('is there whatever variables of Windows say elsewhere', false, drive, '/home/me/.aliyun');
  check('is on Windows on the drive of the home folder', true, drive, '/net/users/me/.aliyun');
  check('is in the home folder where no drive is named', true, {}, '/home/me/.aliyun');
  check('is there where both are empty', true, { HOMEDRIVE: '', HOMEPATH: '' }, '/home/me/.aliyun');
  check('is at the root of a drive that has no path', true, { HOMEDRIVE: '/net' }, '/net/.aliyun');
  check('is at the path where no drive is named', true, { HOMEPATH: '/users/me' }, '/users/me/.aliyun');
});
