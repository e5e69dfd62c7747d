# /// cloud-assistant
# name: Failed services
# name.zh-cn: 失败的服务
# description: Units that systemd tells as failed
# description.zh-cn: systemd 报告为失败的单元
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @(Get-Service | Where-Object { $_.StartType -eq 'Automatic' -and $_.Status -ne 'Running' } | ForEach-Object { $_.Name } | Sort-Object)
if ($rows.Count -gt 0) { $verdict = 'ATTENTION: automatic services do not run' } else { $verdict = 'OK: all automatic services run' }

$verdict
$rows
$verdict

exit 0
