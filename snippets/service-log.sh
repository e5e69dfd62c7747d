#!/bin/sh
# /// cloud-assistant
# name: Last lines of a service log
# name.zh-cn: 服务日志的最后几行
# description: What a service wrote last; it may hold secrets
# description.zh-cn: 服务最近的日志；其中可能含有敏感信息
# effect: reads
# systems: linux
# timeout: 60
# parameter: unit
#   description: Service, as systemd names it
#   description.zh-cn: 服务名（systemd 单元）
#   pattern: [A-Za-z0-9_.@:-]+
# parameter: lines
#   description: How many lines
#   description.zh-cn: 行数
#   default: 50
#   pattern: [1-9][0-9]?
# ///
LC_ALL=C
export LC_ALL

rows=
if command -v journalctl >/dev/null 2>&1; then
  rows=$(journalctl -u "$unit" -n "$lines" --no-pager -o cat 2>/dev/null | tail -c 3000)
  if [ -n "$rows" ]; then verdict="OK: the last lines of $unit"; else verdict="ATTENTION: $unit has written nothing"; fi
else
  verdict='CANNOT TELL: there is no journal of systemd'
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
