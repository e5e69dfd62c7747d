#!/bin/sh
# /// cloud-assistant
# name: Version of a package
# name.zh-cn: 软件包版本
# description: The installed version of a package
# description.zh-cn: 已安装软件包的版本
# effect: reads
# systems: linux
# timeout: 60
# parameter: package
#   description: Name of the package
#   description.zh-cn: 软件包名
#   default: openssl
#   pattern: [A-Za-z0-9][A-Za-z0-9+_.:-]*
# ///
LC_ALL=C
export LC_ALL

rows=
if command -v rpm >/dev/null 2>&1 && rpm -q "$package" >/dev/null 2>&1; then
  verdict="OK: $(rpm -q "$package" | sort | tail -n 1)"
elif command -v dpkg-query >/dev/null 2>&1 && dpkg-query -W "$package" >/dev/null 2>&1; then
  verdict="OK: $(dpkg-query -W "$package" | tr '\t' ' ')"
elif command -v rpm >/dev/null 2>&1 || command -v dpkg-query >/dev/null 2>&1; then
  verdict="ATTENTION: $package is not installed"
else
  verdict='CANNOT TELL: neither rpm nor dpkg is there'
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
