# /// cloud-assistant
# name: Containers
# name.zh-cn: 容器
# description: Containers and their states, unhealthy ones first
# description.zh-cn: 容器及其状态，异常的在前
# effect: reads
# systems: windows
# timeout: 60
# ///
$ErrorActionPreference = 'SilentlyContinue'

$rows = @()
if (-not (Get-Command docker)) {
  $verdict = 'CANNOT TELL: there is no docker'
} else {
  $bad = @(docker ps -a --filter health=unhealthy --format '{{.Names}} {{.Image}} unhealthy' 2>$null | Sort-Object)
  $stopped = @(docker ps -a --filter status=exited --format '{{.Names}} {{.Image}} exited' 2>$null | Sort-Object)
  $running = @(docker ps --format '{{.Names}} {{.Image}} running' 2>$null | Sort-Object)
  $rows = $bad + $stopped + $running
  if ($bad.Count + $stopped.Count -gt 0) { $verdict = 'ATTENTION: containers are unhealthy or have ended' } else { $verdict = 'OK: no container is unhealthy or has ended' }
}

$verdict
$rows
$verdict

exit 0
