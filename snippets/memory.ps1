# /// cloud-assistant
# name: Memory, swap and OOM kills
# name.zh-cn: 内存、交换空间与 OOM
# description: Bands of free memory and swap, and whether processes were killed for lack of memory
# description.zh-cn: 可用内存与交换空间的区间，以及是否有进程因内存不足被终止
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @()
$system = Get-CimInstance -ClassName Win32_OperatingSystem
if (-not $system) {
  $verdict = 'CANNOT TELL: Windows does not say'
} else {
  $left = [math]::Floor(100 * $system.FreePhysicalMemory / $system.TotalVisibleMemorySize)
  if ($left -lt 10) { $memory = 'less than 10 %' } elseif ($left -lt 25) { $memory = '10 to 25 %' } else { $memory = '25 % or more' }
  $pages = @(Get-CimInstance -ClassName Win32_PageFileUsage)
  if ($pages.Count -eq 0) { $swapped = 'none' } else { $swapped = "$($pages.Count) page files" }
  $rows = @("memory available: $memory", "swap: $swapped")
  if ($left -lt 10) { $verdict = 'ATTENTION: memory is short' } else { $verdict = 'OK: memory is enough' }
}

$verdict
$rows
$verdict

exit 0
