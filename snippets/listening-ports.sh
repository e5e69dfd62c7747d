#!/bin/sh
# /// cloud-assistant
# name: Listening ports
# name.zh-cn: 监听端口
# description: Addresses and ports that something listens on
# description.zh-cn: 正在监听的地址与端口
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

if command -v ss >/dev/null 2>&1; then
  rows=$(ss -lntuH 2>/dev/null | awk '{ print $1 " " $5 }' | sort -u)
else
  rows=$(netstat -lntu 2>/dev/null | awk '/^(tcp|udp)/ { print $1 " " $4 }' | sort -u)
fi
if [ -n "$rows" ]; then verdict='OK: these listen'; else verdict='CANNOT TELL: neither ss nor netstat says anything'; fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
