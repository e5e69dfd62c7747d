#!/bin/sh
# /// cloud-assistant
# name: Disks above a limit
# name.zh-cn: 超过上限的磁盘
# description: Local file systems whose space or inodes are used above a limit
# description.zh-cn: 空间或 inode 使用率超过上限的本地文件系统
# effect: reads
# systems: linux
# timeout: 60
# parameter: limit
#   description: Percent from which a disk is told
#   description.zh-cn: 使用率上限（%）
#   default: 80
#   pattern: [1-9][0-9]?
# ///
LC_ALL=C
export LC_ALL

used() {
  df "$1" -l -x tmpfs -x devtmpfs -x overlay -x squashfs 2>/dev/null || df -P 2>/dev/null
}
above() {
  used "$1" | awk -v limit="$limit" -v what="$2" 'NR > 1 && $5 + 0 > limit + 0 { print $6 ": " what " " $5 }'
}
rows=$(above -P space; above -Pi inodes)
if [ -n "$rows" ]; then
  rows=$(echo "$rows" | sort -u)
  verdict="ATTENTION: used above $limit %"
else
  verdict="OK: nothing is used above $limit %"
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
