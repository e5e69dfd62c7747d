import * as l10n from '@vscode/l10n';
import type { ScriptLanguage } from '../core/script';

/** Something that a person should know of a script before it runs. */
export interface ScriptWarning {
  readonly code:
    'waitsForInput' | 'actsOnHost' | 'restarts' | 'stopsAgent' | 'stopsNetwork' | 'secret' | 'windowsLineEnds';
  /** The first line it was seen on, from 1. */
  readonly line: number;
  readonly text: string;
}

interface Rule {
  readonly code: ScriptWarning['code'];
  readonly languages: readonly ScriptLanguage[];
  readonly pattern: RegExp;
  readonly text: () => string;
}

const unix: readonly ScriptLanguage[] = ['shell', 'python'];
const windows: readonly ScriptLanguage[] = ['powershell', 'batch'];
const all: readonly ScriptLanguage[] = [...unix, ...windows];

const waits = () =>
  l10n.t('Waits for input: nobody can type there, so it may hang until the timeout or go on without an answer.');
const restarts = () =>
  l10n.t('Restarts or shuts down the host: its result may never arrive, and it then counts as silent.');
const agent = () =>
  l10n.t('Stops or removes the Cloud Assistant agent: the host can then no longer be reached this way.');
const network = () => l10n.t('Changes or stops the network of the host: it may no longer be reachable afterwards.');
const secret = () =>
  l10n.t('Looks as if it held a secret. The cloud keeps the script, and everybody who may read runs can read it.');

/** Where a command may begin. */
const start = String.raw`(?:^|[;&|({]|\b(?:then|do|else|sudo|exec|command|if|while|!)\b)\s{0,20}`;

function command(words: string): RegExp {
  return new RegExp(`${start}(?:${words})(?![\\w-])`, 'i');
}

const rules: readonly Rule[] = [
  { code: 'waitsForInput', languages: ['shell'], pattern: command('read(?![^;|&]{0,200}<)'), text: waits },
  {
    code: 'waitsForInput',
    languages: ['shell'],
    pattern: command('passwd|vi|vim|nano|less|more|top|htop|su'),
    text: waits,
  },
  {
    code: 'waitsForInput',
    languages: ['shell'],
    pattern: command(
      String.raw`(?:apt|apt-get|yum|dnf|zypper)(?![^;&|]{0,200}\s(?:-\w{0,20}y|--yes|--assume-yes|--assumeyes|-n|--non-interactive)\b)[^;&|]{0,200}\s(?:install|remove|upgrade|update|dist-upgrade|purge|autoremove|erase)`,
    ),
    text: waits,
  },
  { code: 'waitsForInput', languages: ['python'], pattern: /\b(?:raw_)?input\s?\(|getpass\s?\(/, text: waits },
  {
    code: 'waitsForInput',
    languages: ['powershell'],
    pattern: /\bRead-Host\b|\bGet-Credential\b|\bOut-GridView\b|-Confirm\b(?!:\s?\$false)|\bpause\b/i,
    text: waits,
  },
  {
    code: 'waitsForInput',
    languages: ['batch'],
    pattern: /(?:^|[&|(])\s{0,20}@?(?:pause|choice|set\s{1,20}\/p)\b/i,
    text: waits,
  },
  {
    code: 'actsOnHost',
    languages: unix,
    pattern: /\bexit\s?\(?\s?(?:193|194)\b|\breturn\s{1,5}(?:193|194)\b/,
    text: () => l10n.t('Exit code 193 makes the agent power the host off, and 194 restart it.'),
  },
  {
    code: 'actsOnHost',
    languages: windows,
    pattern: /\bexit\s{1,5}(?:\/b\s{1,5})?\(?\s?(?:3009|3010)\b/i,
    text: () =>
      l10n.t(
        'Exit code 3009 makes the agent power the host off, and 3010 restart it. Installers return 3010 on their own.',
      ),
  },
  {
    code: 'actsOnHost',
    languages: windows,
    pattern: /\bmsiexec\b|\bexit\s{1,5}\$(?:LASTEXITCODE|\w{1,40}\.ExitCode)/i,
    text: () =>
      l10n.t(
        'Passes on the exit code of another program: with 3010, which installers return, the agent restarts the host.',
      ),
  },
  {
    code: 'restarts',
    languages: unix,
    pattern: command(
      String.raw`reboot|shutdown|halt|poweroff|init\s{1,5}[06]|telinit\s{1,5}[06]|systemctl\s{1,5}(?:--?\w+\s{1,5})?(?:reboot|poweroff|halt|kexec)`,
    ),
    text: restarts,
  },
  {
    code: 'restarts',
    languages: windows,
    pattern: /\b(?:Restart-Computer|Stop-Computer)\b|(?:^|[;&|({])\s{0,20}shutdown(?:\.exe)?\s/i,
    text: restarts,
  },
  {
    code: 'stopsAgent',
    languages: unix,
    pattern:
      /\b(?:systemctl(?!\s{1,5}(?:is-\w{1,20}|status|show|cat)\b)|service)\b[^;&|\n]{0,100}\baliyun\b|aliyun-service\s{1,5}--(?:stop|remove|deregister)|assist[-_]daemon\b[^;&|\n]{0,60}--(?:stop|delete)|\b(?:pkill|killall)\b[^;&|\n]{0,60}(?:aliyun|assist)|\b(?:rpm\s{1,5}-e|dpkg\s{1,5}-[rP]|yum\s{1,5}remove|apt(?:-get)?\s{1,5}(?:remove|purge))\b[^;&|\n]{0,100}assist/i,
    text: agent,
  },
  {
    code: 'stopsAgent',
    languages: windows,
    pattern:
      /\b(?:Stop-Service|Remove-Service|Set-Service|net\s{1,5}stop|sc(?:\.exe)?\s{1,5}(?:stop|delete|config))\b[^;&|\n]{0,100}(?:aliyun|assist)/i,
    text: agent,
  },
  {
    code: 'stopsNetwork',
    languages: unix,
    pattern:
      /\b(?:systemctl|service)\b[^;&|\n]{0,60}\b(?:network(?:ing|manager)?|networkd|systemd-networkd|firewalld|iptables)\b|\b(?:ifdown|ifconfig\s{1,5}\w{1,20}\s{1,5}down)\b|\bip\s{1,5}(?:link\s{1,5}set\b[^;&|\n]{0,60}\bdown|addr(?:ess)?\s{1,5}(?:flush|del)|route\s{1,5}(?:flush|del))|\biptables\b[^;&|\n]{0,80}(?:DROP|REJECT|-F)|\bnft\s{1,5}flush|\bnmcli\b[^;&|\n]{0,60}\b(?:down|off)\b/i,
    text: network,
  },
  {
    code: 'stopsNetwork',
    languages: windows,
    pattern:
      /\b(?:Disable-NetAdapter|Restart-NetAdapter|Remove-NetIPAddress|Remove-NetRoute|New-NetFirewallRule|Set-NetFirewallProfile)\b|\bnetsh\s|\bipconfig\s{1,5}\/release/i,
    text: network,
  },
  {
    code: 'secret',
    languages: all,
    pattern:
      /\b(?:LTAI[A-Za-z0-9]{12,30}|AKLT[A-Za-z0-9_-]{10,60}|AKIA[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,80}|glpat-[\w-]{20,60}|xox[abprs]-[\w-]{10,80})|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|:\/\/[^\s/:@'"]{1,60}:[^\s/@'"$]{3,60}@/,
    text: secret,
  },
  {
    code: 'secret',
    languages: all,
    pattern:
      /(?:pass(?:word|wd|phrase)?|pwd|secret(?:_?key)?|access_?key(?:_?secret)?|api_?key|token|credential)["']?\s{0,5}[:=]\s{0,5}(?!["']?(?:\$|%|<|\{\{|\*{3}|["']?\s*$))["']?[^\s"';]{3,}|\s--(?:password|passwd)[= ](?!["']?[$%])[^\s-][^\s]{2,}|\b(?:mysql\w{0,10}|sshpass)\b[^;&|\n]{0,100}\s-p["']?[^\s"'$%][^\s]{2,}|\b(?:Bearer|Basic)\s{1,5}[A-Za-z0-9+/=._-]{12,}|ConvertTo-SecureString\s{1,5}(?:-String\s{1,5})?["'][^$]/i,
    text: secret,
  },
];

/** What a script does that a person may not expect, each kind once for the first line it is on. */
export function scriptWarnings(content: string, language: ScriptLanguage): ScriptWarning[] {
  const lines = content.split(/\r?\n/);
  const found = rules
    .filter(({ languages }) => languages.includes(language))
    .flatMap((rule) => seen(rule, lines, language));
  const lineEnds: ScriptWarning[] =
    (language === 'shell' || language === 'python') && content.includes('\r\n')
      ? [
          {
            code: 'windowsLineEnds',
            line: content.slice(0, content.indexOf('\r\n')).split('\n').length,
            text: l10n.t(
              'Lines end as on Windows: a shell takes the carriage return for part of the last word. Convert them to LF.',
            ),
          },
        ]
      : [];
  return [...lineEnds, ...found].sort((a, b) => a.line - b.line);
}

/** Longer lines are no text that somebody wrote; patterns are not tried on the rest of them. */
const longestLine = 2_000;

function seen({ code, pattern, text }: Rule, lines: readonly string[], language: ScriptLanguage): ScriptWarning[] {
  const at = lines.findIndex(
    (line) =>
      (code === 'secret' ? !marksSecret.test(line) : !isComment(line, language)) &&
      pattern.test(line.slice(0, longestLine)),
  );
  return at === -1 ? [] : [{ code, line: at + 1, text: text() }];
}

/** A line of a header that says of a parameter that it is one. */
const marksSecret = /^\s*(?:#|::|@?rem\b)\s*secret\s*:\s*(?:yes|no|true|false)\s*$/i;

function isComment(line: string, language: ScriptLanguage): boolean {
  return language === 'batch' ? /^\s*(rem\b|::)/i.test(line) : /^\s*#/.test(line);
}
