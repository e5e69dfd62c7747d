# /// cloud-assistant
# name: Load and uptime
# name.zh-cn: 负载与运行时长
# description: Load for each processor and how long the host has been up, as bands
# description.zh-cn: 每个处理器的负载与主机运行时长的区间
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @()
$system = Get-CimInstance -ClassName Win32_OperatingSystem
$processors = @(Get-CimInstance -ClassName Win32_Processor)
if (-not $system -or $processors.Count -eq 0) {
  $verdict = 'CANNOT TELL: Windows does not say'
} else {
  $count = ($processors | Measure-Object NumberOfLogicalProcessors -Sum).Sum
  $load = ($processors | Measure-Object LoadPercentage -Maximum).Maximum
  $days = [math]::Floor(((Get-Date) - $system.LastBootUpTime).TotalDays)
  if ($days -lt 1) { $up = 'less than a day' } elseif ($days -lt 30) { $up = '1 to 30 days' } elseif ($days -lt 180) { $up = '30 to 180 days' } else { $up = 'more than 180 days' }
  $rows = @("processors: $count", "up: $up")
  if ($load -ge 90) { $verdict = 'ATTENTION: processors are busy' } else { $verdict = 'OK: processors are not busy' }
}

$verdict
$rows
$verdict

exit 0
