# /// cloud-assistant
# name: Reach of the Cloud Assistant service
# name.zh-cn: 云助手服务连通性
# description: Whether name and address of the service can be reached, and through which proxy
# description.zh-cn: 能否解析并访问云助手服务，以及所用的代理
# effect: reads
# systems: windows
# timeout: 60
# parameter: region
#   description: Region of the host
#   description.zh-cn: 主机所在地域
#   default: cn-hangzhou
#   pattern: [a-z]{2}-[a-z0-9-]+
# ///
$ErrorActionPreference = 'SilentlyContinue'

$name = "$region.axt.aliyun.com"
$settings = Get-ItemProperty -Path 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Internet Settings'
$proxy = 'none'
# A proxy is named without the password that may stand in its address.
if ($settings.ProxyEnable -eq 1) { $proxy = $settings.ProxyServer -replace '^.*@', '' }
$rows = @("proxy: $proxy")
if (Test-NetConnection -ComputerName $name -Port 443 -InformationLevel Quiet -WarningAction SilentlyContinue) { $verdict = "OK: $name answers" } else { $verdict = "ATTENTION: $name does not answer" }

$verdict
$rows
$verdict

exit 0
