#!/bin/sh
# /// cloud-assistant
# name: Time synchronization
# name.zh-cn: 时间同步
# description: Whether the clock is kept, and how far it is off as a band
# description.zh-cn: 时钟是否同步，以及偏差的区间
# effect: reads
# systems: linux
# timeout: 60
# ///
LC_ALL=C
export LC_ALL

rows=
offset=$(chronyc tracking 2>/dev/null | awk '/^System time/ { print $4 }')
case $offset in
  '') ;;
  0.0*) rows='offset: less than 0.1 seconds' ;;
  0.*) rows='offset: less than a second' ;;
  *) rows='offset: a second or more' ;;
esac
if ! command -v timedatectl >/dev/null 2>&1; then
  verdict='CANNOT TELL: there is no timedatectl'
elif timedatectl 2>/dev/null | grep -q 'synchronized: yes'; then
  verdict='OK: the clock is synchronized'
else
  verdict='ATTENTION: the clock is not synchronized'
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
