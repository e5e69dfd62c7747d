# /// cloud-assistant
# name: Pending updates
# name.zh-cn: 待安装更新
# description: Updates that are installed; nothing is fetched
# description.zh-cn: 已安装的更新（不访问网络）
# effect: reads
# systems: windows
# timeout: 300
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @(Get-HotFix | ForEach-Object { $_.HotFixID } | Sort-Object -Descending | Select-Object -First 10)
if ($rows.Count -gt 0) { $verdict = 'OK: these updates were installed, the newest numbers first' } else { $verdict = 'CANNOT TELL: Windows names no updates' }

$verdict
$rows
$verdict

exit 0
