# /// cloud-assistant
# name: Time synchronization
# name.zh-cn: 时间同步
# description: Whether the clock is kept, and how far it is off as a band
# description.zh-cn: 时钟是否同步，以及偏差的区间
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @()
$service = Get-Service -Name W32Time
# The words of w32tm are those of the system's language; the number is not.
$off = @(w32tm /query /status 2>$null | Where-Object { $_ -match ':\s*3\(' })
if (-not $service) {
  $verdict = 'CANNOT TELL: there is no time service'
} elseif ($service.Status -ne 'Running' -or $off.Count -gt 0) {
  $verdict = 'ATTENTION: the clock is not synchronized'
} else {
  $verdict = 'OK: the clock is synchronized'
}

$verdict
$rows
$verdict

exit 0
