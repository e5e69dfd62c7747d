import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from './apt';
import { startProcess } from './process';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
];
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsApplications = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/** The browser to show the workbench in: an installed one, or Debian's where we may install it. */
export async function findBrowser(log: (line: string) => void): Promise<string> {
  const missing = [
    ...(installedBrowser() ? [] : ['chromium']),
    ...((await hasChineseFont()) ? [] : ['fonts-noto-cjk']),
  ];
  if (missing.length > 0 && canInstallPackages()) {
    log(`Installing ${missing.join(' and ')} with apt-get ...`);
    await installPackages(missing);
  } else if (missing.includes('fonts-noto-cjk')) {
    log('No font for Chinese text was found; pictures will show boxes. On Debian: apt-get install fonts-noto-cjk');
  }
  return installedBrowser() ?? refuse();
}

function refuse(): never {
  throw new Error(
    'No browser to run VS Code in. Install Chromium, Google Chrome or Microsoft Edge ' +
      '(on Debian and Ubuntu: "sudo apt-get install chromium"), or set CHROME_PATH to its executable.',
  );
}

function installedBrowser(): string | undefined {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && !existsSync(chosen)) {
    throw new Error(`CHROME_PATH names a file that does not exist: ${chosen}`);
  }
  return chosen ?? candidates().find((path) => existsSync(path));
}

function candidates(): string[] {
  const { PATH = '', ProgramFiles = '', LOCALAPPDATA = '' } = process.env;
  const onPath = PATH.split(delimiter).flatMap((place) => commands.map((name) => join(place, name)));
  const onMac = macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  const roots = [ProgramFiles, process.env['ProgramFiles(x86)'] ?? '', LOCALAPPDATA].filter((root) => root !== '');
  const onWindows = roots.flatMap((root) => windowsApplications.map((name) => join(root, name)));
  return [...onPath, ...(process.platform === 'darwin' ? onMac : []), ...onWindows];
}

async function hasChineseFont(): Promise<boolean> {
  if (process.platform !== 'linux') {
    return true;
  }
  const list = startProcess({ command: 'fc-list', args: [':lang=zh-cn', 'family'] });
  return (await list.exited) === 0 && list.lines.length > 0;
}
