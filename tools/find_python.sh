#!/usr/bin/env bash
# 印出第一个够新的 Python（3.11 以上）的路径；没有则什么也不印。
for name in python3.11 python3.12 python3.13 python3.14 python3; do
  if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
    command -v "$name"
    exit
  fi
done
