#!/bin/sh
# /// cloud-assistant
# name: Containers
# name.zh-cn: 容器
# description: Containers and their states, unhealthy ones first
# description.zh-cn: 容器及其状态，异常的在前
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

rows=
tool=
for one in docker podman crictl; do
  if command -v "$one" >/dev/null 2>&1; then
    tool=$one
    break
  fi
done
if [ -z "$tool" ]; then
  verdict='CANNOT TELL: there is no docker, podman or crictl'
elif ! "$tool" ps >/dev/null 2>&1; then
  verdict="CANNOT TELL: $tool does not answer"
elif [ "$tool" = crictl ]; then
  rows=$(crictl ps -a 2>/dev/null | awk 'NR > 1 { print $NF }' | sort -u)
  verdict='OK: these containers are known'
else
  bad=$("$tool" ps -a --filter health=unhealthy --format '{{.Names}} {{.Image}} unhealthy' 2>/dev/null | sort)
  stopped=$("$tool" ps -a --filter status=exited --format '{{.Names}} {{.Image}} exited' 2>/dev/null | sort)
  running=$("$tool" ps --format '{{.Names}} {{.Image}} running' 2>/dev/null | sort)
  rows=$(printf '%s\n' "$bad" "$stopped" "$running" | grep -v '^$')
  if [ -n "$bad$stopped" ]; then verdict='ATTENTION: containers are unhealthy or have ended'; else verdict='OK: no container is unhealthy or has ended'; fi
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
