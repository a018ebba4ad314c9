#!/bin/sh
# 据实离线安装（Linux，glibc 2.28 以上）：找到合用的 Python，其余由 install.py 做。
cd "$(dirname "$0")" || exit 1
for name in python3.13 python3.12 python3.11 python3; do
  if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
    exec "$name" install.py
  fi
done
cat no-python.txt >&2
exit 1
