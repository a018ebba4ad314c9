#!/usr/bin/env bash
# 检查系统部件，root 且有 apt 时补装；装不上的逐项说明影响。
# Parts of the system that Python and npm cannot bring. Nothing here is needed to run the desk itself, so a missing part is announced, never
# fatal. A failed attempt is remembered for a day: offline machines must not wait for apt at every `make`, nor read the same list every time.
# JUSHI_SYSTEM_RETRY=1 tries again and tells all; JUSHI_SYSTEM=0 leaves the system alone.
set -u
stamp=.venv/.stamp-system-$(id -u) # root may install what others can only name

# package | how to see that it is there | what does not work without it
parts='fonts-noto-cjk|font NotoSerifCJK|运行：导出 PDF 时宋体、黑体没有替代字体，汉字可能显示为方框
fonts-lxgw-wenkai|font LXGWWenKai|运行：导出 PDF 时仿宋、楷体没有替代字体，版式与正式公文有出入
libreoffice-writer-nogui|have soffice|运行：不能读取旧版 .doc、.wps 文件；测试：不核对导出的 Word 版式
libreoffice-calc-nogui|office_calc|运行：不能读取旧版表格文件；测试：不核对导出的 Excel
chromium|have chromium|测试：浏览器测试跳过；make manual 不能拍截图
poppler-utils|have pdftotext|测试：核对 PDF 版式的测试跳过
postgresql|postgres_server|测试：不在 PostgreSQL 上跑第二遍'

have() { command -v "$1" >/dev/null 2>&1; }
font() { find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" -name "$1*" 2>/dev/null | grep -q .; }
office_calc() { have soffice && { find /usr/lib/libreoffice /opt -name 'libsclo.so' 2>/dev/null | grep -q . || have localc; }; }
postgres_server() { have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

missing() {
  local package probe
  while IFS='|' read -r package probe _; do
    $probe || echo "$package"
  done <<<"$parts"
}

recently_tried() { [ -z "${JUSHI_SYSTEM_RETRY:-}" ] && [ -n "$(find "$stamp" -mtime -1 2>/dev/null)" ]; }

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }

install_missing() {
  echo "— 用 apt 补装系统部件（首次约需几分钟）：$*"
  apt-get update -qq 2>/dev/null || echo '! 软件目录没有更新成功（没有网络或软件源不通），用已有的目录继续' >&2
  # One by one after a joint failure: a single unknown package must not keep the others away.
  apt_install "$@" >/dev/null 2>&1 && return
  local package
  for package in "$@"; do
    apt_install "$package" >/dev/null 2>&1 || true
  done
}

tell() {
  echo '! 缺少以下系统部件，其余功能不受影响：' >&2
  local package
  for package in "$@"; do
    echo "    $package：$(grep "^$package|" <<<"$parts" | cut -d'|' -f3)" >&2
  done
  echo "  有管理员权限时可执行：apt-get install $*" >&2
}

[ "${JUSHI_SYSTEM:-1}" = 0 ] && exit 0
read -ra absent <<<"$(missing | tr '\n' ' ')"
[ "${#absent[@]}" = 0 ] && exit 0
if recently_tried; then
  echo "! 缺少 ${#absent[@]} 个系统部件，有的功能或测试会略过（逐项说明：JUSHI_SYSTEM_RETRY=1 make system）：${absent[*]}" >&2
  exit 0
fi
if [ "$(id -u)" = 0 ] && have apt-get; then
  install_missing "${absent[@]}"
  read -ra absent <<<"$(missing | tr '\n' ' ')"
  [ "${#absent[@]}" = 0 ] && exit 0
fi
tell "${absent[@]}"
mkdir -p .venv && touch "$stamp"
