#!/usr/bin/env bash
# 用法：tools/retry.sh 命令…   A registry may answer badly once; three tries, then the command's own status.
set -u
for attempt in 1 2 3; do
  "$@" && exit 0
  status=$?
  if [ "$attempt" -lt 3 ]; then
    echo "  未成功，稍候重试（$attempt/3）：$*" >&2
    sleep $((attempt * 3))
  fi
done
echo "✗ 仍未成功：$*" >&2
echo "  请检查网络、代理（HTTPS_PROXY）或软件源设置后重新执行。" >&2
exit "$status"
