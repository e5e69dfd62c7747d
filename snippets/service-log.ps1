# /// cloud-assistant
# name: Last lines of a service log
# name.zh-cn: 服务日志的最后几行
# description: What a service wrote last; it may hold secrets
# description.zh-cn: 服务最近的日志；其中可能含有敏感信息
# effect: reads
# systems: windows
# timeout: 60
# parameter: unit
#   description: Provider of the events
#   description.zh-cn: 事件提供程序
#   pattern: [A-Za-z0-9_. -]+
# parameter: lines
#   description: How many lines
#   description.zh-cn: 行数
#   default: 50
#   pattern: [1-9][0-9]?
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @(Get-WinEvent -ProviderName $unit -MaxEvents ([int]$lines) | ForEach-Object { $_.Message -replace '\r?\n[^$]*', '' })
if ($rows.Count -gt 0) { $verdict = "OK: the last events of $unit" } else { $verdict = "ATTENTION: $unit has written nothing" }

$verdict
$rows
$verdict

exit 0
