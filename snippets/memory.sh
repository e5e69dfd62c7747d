#!/bin/sh
# /// cloud-assistant
# name: Memory, swap and OOM kills
# name.zh-cn: 内存、交换空间与 OOM
# description: Bands of free memory and swap, and whether processes were killed for lack of memory
# description.zh-cn: 可用内存与交换空间的区间，以及是否有进程因内存不足被终止
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

field() {
  awk -v name="$1:" '$1 == name { print $2 }' /proc/meminfo
}
total=$(field MemTotal)
free=$(field MemAvailable)
swap=$(field SwapTotal)
swap_free=$(field SwapFree)
rows=
verdict='CANNOT TELL: /proc/meminfo does not say'
if [ -n "$total" ] && [ -n "$free" ]; then
  left=$((free * 100 / total))
  if [ "$left" -lt 10 ]; then memory='less than 10 %'; elif [ "$left" -lt 25 ]; then memory='10 to 25 %'; else memory='25 % or more'; fi
  if [ "${swap:-0}" -eq 0 ]; then swapped='none'; elif [ $((swap_free * 100 / swap)) -lt 50 ]; then swapped='more than half is used'; else swapped='less than half is used'; fi
  kills=$(dmesg 2>/dev/null | grep -c 'Out of memory')
  if [ "$kills" -gt 0 ]; then killed='yes'; else killed='none known'; fi
  rows="memory available: $memory
swap: $swapped
killed for lack of memory since the start: $killed"
  if [ "$left" -lt 10 ] || [ "$killed" = yes ]; then
    verdict='ATTENTION: memory is or was short'
  else
    verdict='OK: memory is enough'
  fi
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
