#!/usr/bin/env bash
# 用法：tools/python_env.sh .venv   Create the virtual environment and put uv into it. Repeating it is harmless.
set -eu
venv=$1

create() { "$1" -m venv "$venv" >/dev/null 2>&1; }

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  python=$("$(dirname "$0")/find_python.sh")
  if [ -z "$python" ]; then
    echo '✗ 没有找到 Python 3.11 或更新版本，请先安装（Debian 12：apt-get install python3）。' >&2
    exit 1
  fi
  echo "— 建立 Python 环境 $venv（$("$python" --version)）"
  if ! create "$python"; then
    # Debian splits ensurepip into its own package.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    fi
    rm -rf "$venv"
    if ! create "$python"; then
      echo '✗ 不能建立 Python 环境：缺少 venv 组件。请执行 apt-get install python3-venv 后重试。' >&2
      exit 1
    fi
  fi
fi

if ! "$venv/bin/uv" --version >/dev/null 2>&1; then
  echo '— 安装 uv'
  "$(dirname "$0")/retry.sh" "$venv/bin/python" -m pip install --quiet --retries 0 --disable-pip-version-check 'uv>=0.13,<0.14'
fi
