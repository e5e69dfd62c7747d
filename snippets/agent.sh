#!/bin/sh
# /// cloud-assistant
# name: Cloud Assistant agent
# name.zh-cn: 云助手 Agent 状态
# description: Version of the agent and whether its service runs
# description.zh-cn: Agent 的版本及其服务是否在运行
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

rows=
version=$(aliyun-service --version 2>/dev/null | head -n 1)
if [ -z "$version" ]; then
  verdict='CANNOT TELL: aliyun-service is not there'
elif [ "$(systemctl is-active aliyun.service 2>/dev/null)" = active ]; then
  verdict="OK: agent $version, its service runs"
else
  verdict="ATTENTION: agent $version, its service does not run under systemd"
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
