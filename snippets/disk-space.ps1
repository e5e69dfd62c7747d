# /// cloud-assistant
# name: Disks above a limit
# name.zh-cn: 超过上限的磁盘
# description: Local file systems whose space or inodes are used above a limit
# description.zh-cn: 空间或 inode 使用率超过上限的本地文件系统
# effect: reads
# systems: windows
# timeout: 60
# parameter: limit
#   description: Percent from which a disk is told
#   description.zh-cn: 使用率上限（%）
#   default: 80
#   pattern: [1-9][0-9]?
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @(Get-CimInstance -ClassName Win32_LogicalDisk -Filter 'DriveType=3' | ForEach-Object {
  if ($_.Size -gt 0) {
    $used = [math]::Floor(100 - 100 * $_.FreeSpace / $_.Size)
    if ($used -gt [int]$limit) { "$($_.DeviceID) space $used%" }
  }
} | Sort-Object)
if ($rows.Count -gt 0) { $verdict = "ATTENTION: used above $limit %" } else { $verdict = "OK: nothing is used above $limit %" }

$verdict
$rows
$verdict

exit 0
