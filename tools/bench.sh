#!/usr/bin/env bash
# 用法：tools/bench.sh [--quick|--large] [名称…]
# 不给名称则依次运行速度基准并印出总表；accuracy（读懂与校核的准确率）、wild（野生文稿的准确率）、proofread（校核速度）按名称单独运行。
set -u
case "${1-}" in
  accuracy | proofread | wild)
    exec .venv/bin/python "bench/$1.py" "${@:2}"
    ;;
esac
for name in "$@"; do
  if [ "${name#--}" = "$name" ] && [ ! -e "bench/$name.py" ]; then
    echo "✗ 没有这个基准：$name（bench/$name.py）" >&2
    exit 2
  fi
done
exec .venv/bin/python bench/all.py "$@"
