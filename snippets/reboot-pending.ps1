# /// cloud-assistant
# name: Kernel and pending restart
# name.zh-cn: 内核与待重启状态
# description: The running kernel, and whether an update waits for a restart
# description.zh-cn: 正在运行的内核，以及是否有更新等待重启
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

$system = Get-CimInstance -ClassName Win32_OperatingSystem
$rows = @("running system: $($system.Version)")
$session = Get-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'
$reasons = @()
if (Test-Path -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending') { $reasons += 'components' }
if (Test-Path -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired') { $reasons += 'updates' }
if ($session.PendingFileRenameOperations) { $reasons += 'files to be renamed' }
if ($reasons.Count -gt 0) { $verdict = "ATTENTION: a restart is waited for: $($reasons -join ', ')" } else { $verdict = 'OK: nothing waits for a restart' }

$verdict
$rows
$verdict

exit 0
