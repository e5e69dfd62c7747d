#!/bin/sh
# /// cloud-assistant
# name: Pending updates
# name.zh-cn: 待安装更新
# description: How many packages wait for an update, as the host knew it last; nothing is fetched
# description.zh-cn: 待更新软件包的数量（以主机现有缓存为准，不访问网络）
# effect: reads
# systems: linux
# timeout: 300
# ///
LC_ALL=C
export LC_ALL

rows=
count=
if command -v apt >/dev/null 2>&1; then
  count=$(apt list --upgradable 2>/dev/null | grep -c 'upgradable')
elif command -v dnf >/dev/null 2>&1; then
  count=$(dnf -q -C check-update 2>/dev/null | grep -c '^[A-Za-z0-9].* .* ')
elif command -v yum >/dev/null 2>&1; then
  count=$(yum -q -C check-update 2>/dev/null | grep -c '^[A-Za-z0-9].* .* ')
fi
case $count in
  '') verdict='CANNOT TELL: there is no apt, dnf or yum' ;;
  0) verdict='OK: no update is known to wait' ;;
  *) verdict="ATTENTION: $count packages wait for an update" ;;
esac

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
