# /// cloud-assistant
# name: Who can log in
# name.zh-cn: 可登录的用户
# description: Users with a shell, who may become root, and fingerprints of their keys
# description.zh-cn: 有登录 shell 的用户、可提权的用户及其密钥指纹
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

# By its number: the name of the group is that of the system's language.
$rows = @(Get-LocalGroupMember -SID 'S-1-5-32-544' | ForEach-Object { "administrator $($_.Name -replace '^.*\\', '')" } | Sort-Object)
if ($rows.Count -gt 0) { $verdict = 'OK: these are administrators' } else { $verdict = 'CANNOT TELL: Windows does not say' }

$verdict
$rows
$verdict

exit 0
