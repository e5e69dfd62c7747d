import type { HostFacts } from './execution';

/** The files of a made-up host. What a script writes is kept as long as it runs. */
export function filesOf({ hostname, address, osVersion }: HostFacts, now: Date): Map<string, string> {
  return new Map(
    Object.entries({
      '/etc/hostname': `${hostname}\n`,
      '/etc/hosts': `127.0.0.1 localhost\n${address} ${hostname}\n`,
      '/etc/os-release': `NAME="Sandbox Linux"\nVERSION="3 (made up)"\nID=sandbox\nPRETTY_NAME="Sandbox Linux 3"\nBUILD_ID="${osVersion}"\n`,
      '/etc/passwd':
        'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nops:x:1000:1000:ops:/home/ops:/bin/bash\n',
      '/etc/group': 'root:x:0:\nwheel:x:10:ops\nops:x:1000:\n',
      '/etc/resolv.conf': 'nameserver 100.100.2.136\nnameserver 100.100.2.138\n',
      '/etc/nginx/nginx.conf': 'user nginx;\nworker_processes auto;\n',
      '/etc/ssl/certs/site.pem': '-----BEGIN CERTIFICATE-----\nMADE UP\n-----END CERTIFICATE-----\n',
      '/proc/loadavg': '0.08 0.05 0.01 1/180 4242\n',
      '/proc/uptime': '1036800.00 2000000.00\n',
      '/proc/version': 'Linux version 5.10.134-sandbox\n',
      '/proc/meminfo':
        'MemTotal:        8010000 kB\nMemFree:         3200000 kB\nMemAvailable:    6100000 kB\nSwapTotal:             0 kB\nSwapFree:              0 kB\n',
      '/proc/cpuinfo': 'processor\t: 0\nmodel name\t: Sandbox\nprocessor\t: 1\nmodel name\t: Sandbox\n',
      '/var/log/messages': `${now.toISOString().slice(0, 10)} ${hostname} systemd: Started made-up service.\n`,
    }),
  );
}

/** The folders that hold files. */
export function isFolder(files: ReadonlyMap<string, string>, path: string): boolean {
  const folder = path.replace(/\/+$/, '');
  if (['', '/tmp', '/root', '/home', '/opt', '/usr', '/usr/bin', '/usr/sbin', '/dev'].includes(folder)) return true;
  return [...files.keys()].some((file) => file.startsWith(`${folder}/`));
}
