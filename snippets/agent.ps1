# /// cloud-assistant
# name: Cloud Assistant agent
# name.zh-cn: 云助手 Agent 状态
# description: Version of the agent and whether its service runs
# description.zh-cn: Agent 的版本及其服务是否在运行
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @()
$service = Get-Service -DisplayName 'Aliyun Assist Service' | Select-Object -First 1
$version = Get-ChildItem -Path 'C:\ProgramData\aliyun\assist' | Where-Object { $_.PSIsContainer -and $_.Name -match '^\d' } | ForEach-Object { $_.Name } | Sort-Object | Select-Object -Last 1
if (-not $service) {
  $verdict = 'CANNOT TELL: there is no service of that name'
} elseif ($service.Status -eq 'Running') {
  $verdict = "OK: agent $version, its service runs"
} else {
  $verdict = "ATTENTION: agent $version, its service does not run"
}

$verdict
$rows
$verdict

exit 0
