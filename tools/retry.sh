#!/usr/bin/env bash
# 用法：tools/retry.sh 命令…   A registry may answer badly once: three tries, then the end of what the command last said, and its own status.
set -u
said=$(mktemp)
trap 'rm -f "$said"' EXIT
for attempt in 1 2 3; do
  if "$@" >"$said" 2>&1; then
    cat "$said"
    exit 0
  else
    status=$?
  fi
  if [ "$attempt" -lt 3 ]; then
    echo "  未成功，稍候重试（$attempt/3）" >&2
    sleep $((attempt * 3))
  fi
done
echo "✗ 仍未成功：$*" >&2
tail -n 4 "$said" | cut -c1-300 | sed 's/^/    /' >&2
echo '  多半是没有网络，或代理（HTTPS_PROXY）、软件源、证书（SSL_CERT_FILE）没有设对。改好后重新执行，已完成的步骤不会重做。' >&2
exit "$status"
