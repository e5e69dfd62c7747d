# /// cloud-assistant
# name: Listening ports
# name.zh-cn: 监听端口
# description: Addresses and ports that something listens on
# description.zh-cn: 正在监听的地址与端口
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @(Get-NetTCPConnection -State Listen | ForEach-Object { "tcp $($_.LocalAddress):$($_.LocalPort)" } | Sort-Object -Unique)
if ($rows.Count -gt 0) { $verdict = 'OK: these listen' } else { $verdict = 'CANNOT TELL: Windows does not say' }

$verdict
$rows
$verdict

exit 0
