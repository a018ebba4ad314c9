#!/usr/bin/env bash
# 用法：tools/require.sh npm   Stop early and plainly when a tool that cannot be fetched is absent.
set -eu
command -v "$1" >/dev/null 2>&1 && exit 0
case "$1" in
  npm) echo '✗ 没有找到 npm。网页的样式和图表来自 npm 包，请先安装 Node.js 20 或更新版本（自带 npm）后再执行 make setup。' >&2 ;;
  *) echo "✗ 没有找到 $1，请先安装后再执行。" >&2 ;;
esac
exit 1
