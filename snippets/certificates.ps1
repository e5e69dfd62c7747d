# /// cloud-assistant
# name: Certificates about to expire
# name.zh-cn: 即将到期的证书
# description: Certificate files that end within some days
# description.zh-cn: 在若干天内到期的证书文件
# effect: reads
# systems: windows
# timeout: 60
# parameter: days
#   description: Days from now
#   description.zh-cn: 天数
#   default: 30
#   pattern: [1-9][0-9]{0,2}
# ///
$ErrorActionPreference = 'SilentlyContinue'

$end = (Get-Date).AddDays([int]$days)
$rows = @(Get-ChildItem -Path 'Cert:\LocalMachine\My' | Where-Object { $_.NotAfter -lt $end } | ForEach-Object { "$($_.Subject) $($_.Thumbprint)" } | Sort-Object)
if ($rows.Count -gt 0) { $verdict = "ATTENTION: certificates end within $days days" } else { $verdict = "OK: no certificate ends within $days days" }

$verdict
$rows
$verdict

exit 0
