# /// cloud-assistant
# name: Restart a service
# name.zh-cn: 重启服务
# description: Restarts a service and tells whether it runs afterwards
# description.zh-cn: 重启服务并报告之后是否在运行
# effect: changes
# systems: windows
# timeout: 60
# parameter: unit
#   description: Name of the service
#   description.zh-cn: 服务名称
#   pattern: [A-Za-z0-9_.@:-]+
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @()
if (-not (Get-Service -Name $unit)) {
  $verdict = "ATTENTION: there is no service $unit; nothing was done"
} else {
  Restart-Service -Name $unit
  if ((Get-Service -Name $unit).Status -eq 'Running') { $verdict = "OK: $unit was restarted and runs" } else { $verdict = "ATTENTION: $unit does not run" }
}

$verdict
$rows
$verdict

exit 0
