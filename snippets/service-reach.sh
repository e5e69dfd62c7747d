#!/bin/sh
# /// cloud-assistant
# name: Reach of the Cloud Assistant service
# name.zh-cn: 云助手服务连通性
# description: Whether name and address of the service can be reached, and through which proxy
# description.zh-cn: 能否解析并访问云助手服务，以及所用的代理
# effect: reads
# systems: linux
# timeout: 60
# parameter: region
#   description: Region of the host
#   description.zh-cn: 主机所在地域
#   default: cn-hangzhou
#   pattern: [a-z]{2}-[a-z0-9-]+
# ///
LC_ALL=C
export LC_ALL

host="$region.axt.aliyun.com"
proxy=${https_proxy:-${HTTPS_PROXY:-}}
# A proxy is named without the password that may stand in its address.
rows="proxy: $(echo "${proxy:-none}" | sed 's/^.*@//')"
if ! command -v curl >/dev/null 2>&1; then
  verdict='CANNOT TELL: there is no curl'
elif curl -s -m 5 -o /dev/null "https://$host/luban/api/connection_detect" 2>/dev/null; then
  verdict="OK: $host answers"
elif getent hosts "$host" >/dev/null 2>&1; then
  verdict="ATTENTION: $host has an address and does not answer"
else
  verdict="ATTENTION: $host has no address"
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
