#!/bin/sh
# /// cloud-assistant
# name: Load and uptime
# name.zh-cn: 负载与运行时长
# description: Load for each processor and how long the host has been up, as bands
# description.zh-cn: 每个处理器的负载与主机运行时长的区间
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

cpus=$(nproc 2>/dev/null || grep -c '^processor' /proc/cpuinfo)
load=$(cut -d ' ' -f 2 /proc/loadavg)
seconds=$(cut -d ' ' -f 1 /proc/uptime)
whole=${load%%.*}
days=$((${seconds%%.*} / 86400))
if [ "$days" -lt 1 ]; then up='less than a day'; elif [ "$days" -lt 30 ]; then up='1 to 30 days'; elif [ "$days" -lt 180 ]; then up='30 to 180 days'; else up='more than 180 days'; fi
rows="processors: $cpus
up: $up"
if [ "$whole" -ge $((cpus * 2)) ]; then
  verdict='ATTENTION: load is more than twice the processors'
elif [ "$whole" -ge "$cpus" ]; then
  verdict='ATTENTION: load is more than the processors'
else
  verdict='OK: load is less than the processors'
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
