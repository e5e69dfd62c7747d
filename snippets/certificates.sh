#!/bin/sh
# /// cloud-assistant
# name: Certificates about to expire
# name.zh-cn: 即将到期的证书
# description: Certificate files that end within some days
# description.zh-cn: 在若干天内到期的证书文件
# effect: reads
# systems: linux
# timeout: 60
# parameter: folders
#   description: Folders, with blanks between them
#   description.zh-cn: 目录，用空格分隔
#   default: /etc/ssl /etc/nginx /etc/pki
#   pattern: /[A-Za-z0-9_./-]*( /[A-Za-z0-9_./-]*)*
# parameter: days
#   description: Days from now
#   description.zh-cn: 天数
#   default: 30
#   pattern: [1-9][0-9]{0,2}
# ///
LC_ALL=C
export LC_ALL

rows=
if command -v openssl >/dev/null 2>&1; then
  seconds=$((days * 86400))
  # The bundles of authorities are not looked at.
  for file in $(find $folders -type f 2>/dev/null | grep -E '\.(crt|cer|pem)$' | grep -v -E '/(ca-trust|ca-certificates|ssl/certs)/|/ca-bundle' | sort | head -n 500); do
    grep -q 'BEGIN CERTIFICATE' "$file" 2>/dev/null || continue
    openssl x509 -checkend "$seconds" -noout -in "$file" >/dev/null 2>&1 || rows="$rows$file
"
  done
  rows=$(echo "$rows" | grep -v '^$')
  if [ -n "$rows" ]; then verdict="ATTENTION: certificates end within $days days"; else verdict="OK: no certificate ends within $days days"; fi
else
  verdict='CANNOT TELL: there is no openssl'
fi

echo "$verdict"
[ -z "$rows" ] || echo "$rows"
echo "$verdict"

exit 0
