#!/bin/sh
# /// cloud-assistant
# name: Kernel and pending restart
# name.zh-cn: 内核与待重启状态
# description: The running kernel, and whether an update waits for a restart
# description.zh-cn: 正在运行的内核，以及是否有更新等待重启
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

rows="running kernel: $(uname -r)"
if [ -e /var/run/reboot-required ]; then
  verdict='ATTENTION: an update waits for a restart'
elif command -v needs-restarting >/dev/null 2>&1; then
  needs-restarting -r >/dev/null 2>&1
  case $? in
    0) verdict='OK: nothing waits for a restart' ;;
    1) verdict='ATTENTION: an update waits for a restart' ;;
    *) verdict='CANNOT TELL: needs-restarting failed' ;;
  esac
elif [ -e /etc/debian_version ]; then
  verdict='OK: nothing asks for a restart'
else
  verdict='CANNOT TELL: needs-restarting is not installed'
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
