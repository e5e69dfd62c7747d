#!/bin/sh
# /// cloud-assistant
# name: Restart a service
# name.zh-cn: 重启服务
# description: Restarts a service and tells whether it runs afterwards
# description.zh-cn: 重启服务并报告之后是否在运行
# effect: changes
# systems: linux
# timeout: 60
# parameter: unit
#   description: Service, as systemd names it
#   description.zh-cn: 服务名（systemd 单元）
#   pattern: [A-Za-z0-9_.@:-]+
# ///
LC_ALL=C
export LC_ALL

rows=
if ! command -v systemctl >/dev/null 2>&1; then
  verdict='CANNOT TELL: there is no systemd; nothing was done'
elif ! systemctl restart "$unit" 2>/dev/null; then
  verdict="ATTENTION: $unit could not be restarted"
elif [ "$(systemctl is-active "$unit" 2>/dev/null)" = active ]; then
  verdict="OK: $unit was restarted and runs"
else
  verdict="ATTENTION: $unit was restarted and does not run"
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
