#!/bin/sh
# /// cloud-assistant
# name: Failed services
# name.zh-cn: 失败的服务
# description: Units that systemd tells as failed
# description.zh-cn: systemd 报告为失败的单元
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

rows=
if command -v systemctl >/dev/null 2>&1; then
  rows=$(systemctl --failed --no-legend --plain 2>/dev/null | awk '{ print $1 }' | sort)
  if [ -n "$rows" ]; then verdict='ATTENTION: services have failed'; else verdict='OK: no service has failed'; fi
else
  verdict='CANNOT TELL: there is no systemd'
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
