#!/bin/sh
# /// cloud-assistant
# name: Who can log in
# name.zh-cn: 可登录的用户
# description: Users with a shell, who may become root, and fingerprints of their keys
# description.zh-cn: 有登录 shell 的用户、可提权的用户及其密钥指纹
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

users=$(getent passwd | awk -F: '$7 ~ /sh$/ { print $1 ":" $6 }' | sort)
rows=
for entry in $users; do
  name=${entry%%:*}
  home=${entry#*:}
  rows="${rows}user $name
"
  [ -r "$home/.ssh/authorized_keys" ] || continue
  for print in $(ssh-keygen -lf "$home/.ssh/authorized_keys" 2>/dev/null | awk '{ print $2 }' | sort); do
    rows="${rows}key of $name $print
"
  done
done
for group in sudo wheel; do
  members=$(getent group "$group" | cut -d : -f 4)
  [ -z "$members" ] || rows="${rows}group $group: $members
"
done
rows=$(echo "$rows" | grep -v "^$")
if [ -n "$rows" ]; then verdict='OK: these can log in'; else verdict='CANNOT TELL: getent says nothing'; fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
