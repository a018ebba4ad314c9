#!/bin/sh
# 据实离线安装（Linux，glibc 2.28 以上）。不联网，不要管理员权限，只写入本用户的文件夹。
set -eu
cd "$(dirname "$0")"
here=${JUSHI_PROGRAM:-$HOME/.local/lib/jushi}

python=
for name in python3.13 python3.12 python3.11 python3; do
  if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  echo '✗ 没有找到 Python 3.11、3.12 或 3.13，请先安装。' >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "✗ $python 缺少 venv 组件（Debian：python3-venv），请先安装。" >&2
  exit 1
fi
echo "— 用 $("$python" --version) 安装到 $here"
"$python" -m venv --clear "$here"
"$here/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --require-hashes -r requirements.txt
mkdir -p "$HOME/.local/bin"
ln -sf "$here/bin/jushi" "$HOME/.local/bin/jushi"
"$here/bin/jushi" --version
echo "✓ 安装完成。启动：$HOME/.local/bin/jushi serve ，然后用浏览器打开 http://127.0.0.1:8000"
echo '  以后升级：先 jushi backup，再用新的安装包重复本步骤，数据不受影响。'
