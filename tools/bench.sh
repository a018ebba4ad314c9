#!/usr/bin/env bash
# 用法：tools/bench.sh [名称…]   依次运行 bench/ 中的基准程序，不给名称则全部运行。
set -u
status=0
names=("$@")
if [ "${#names[@]}" = 0 ]; then
  for file in bench/[a-z]*.py; do
    [ -e "$file" ] && names+=("$(basename "$file" .py)")
  done
fi
if [ "${#names[@]}" = 0 ]; then
  echo '✗ bench/ 中还没有基准程序。' >&2
  exit 1
fi
for name in "${names[@]}"; do
  if [ ! -e "bench/$name.py" ]; then
    echo "✗ 没有这个基准：$name（bench/$name.py）" >&2
    exit 2
  fi
  echo "— $name"
  .venv/bin/python "bench/$name.py" || status=1
done
exit "$status"
