# /// cloud-assistant
# name: Version of a package
# name.zh-cn: 软件包版本
# description: The installed version of a package
# description.zh-cn: 已安装软件包的版本
# effect: reads
# systems: windows
# timeout: 60
# parameter: package
#   description: Name of the package
#   description.zh-cn: 软件包名
#   default: openssl
#   pattern: [A-Za-z0-9][A-Za-z0-9+_.:-]*
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @()
$keys = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*', 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
foreach ($key in $keys) {
  $rows += @(Get-ItemProperty -Path $key | Where-Object { $_.DisplayName -like "*$package*" } | ForEach-Object { "$($_.DisplayName) $($_.DisplayVersion)" })
}
$rows = @($rows | Sort-Object -Unique)
if ($rows.Count -gt 0) { $verdict = "OK: $package is installed" } else { $verdict = "ATTENTION: $package is not installed" }

$verdict
$rows
$verdict

exit 0
