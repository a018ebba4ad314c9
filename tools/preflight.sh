#!/usr/bin/env bash
# 用法：tools/preflight.sh .venv 网页资源清单   Everything that must be there and cannot be fetched, told at once, before anything is downloaded.
set -u
venv=$1 manifest=$2
lacking=()

have() { command -v "$1" >/dev/null 2>&1; }

check_python() {
  local python
  python=$(tools/find_python.sh)
  if [ -z "$python" ]; then
    lacking+=("Python 3.11 或更新版本$(! have python3 || echo "（现有 $(python3 --version 2>&1)）")。Debian 12：apt-get install python3 python3-venv")
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null && ! { [ "$(id -u)" = 0 ] && have apt-get; }; then
    lacking+=('Python 的 venv 组件。Debian 12：apt-get install python3-venv')
  fi
}

check_node() {
  local version
  if ! have npm || ! have node; then
    lacking+=('Node.js 20（18 也可以）和它自带的 npm：网页的样式、图标和图表取自 npm 包，只在准备时用到。nodejs.org 下载，或 Debian 12：apt-get install npm')
    return
  fi
  version=$(node --version)
  version=${version#v}
  [ "${version%%.*}" -ge 18 ] || lacking+=("Node.js 20（18 也可以）：现有的 $version 太旧")
}

[ -x "$venv/bin/uv" ] || check_python
[ -e "$manifest" ] || check_node
[ "${#lacking[@]}" = 0 ] && exit 0
echo '✗ 缺少以下程序，不能继续；装好后重新执行即可：' >&2
printf '    %s\n' "${lacking[@]}" >&2
exit 1
