#!/usr/bin/env bash
# 检查系统部件，root 且有 apt 时补装；装不上的逐项说明影响。
# Parts of the system that Python and npm cannot bring. Nothing here is needed to run the desk itself,
# so a missing part is announced, never fatal. A failed attempt is remembered for a day: offline
# machines must not wait for apt at every `make`. Force a new attempt with JUSHI_SYSTEM_RETRY=1.
set -u
stamp=.venv/.stamp-system-tried

# package | how to see that it is there | what does not work without it
parts='chromium|have chromium|浏览器测试跳过
chromium-driver|have chromedriver|用 WebDriver 的浏览器测试跳过
fonts-noto-cjk|font NotoSerifCJK|导出 PDF 时宋体、黑体没有替代字体，汉字可能显示为方框
fonts-lxgw-wenkai|font LXGWWenKai|导出 PDF 时仿宋、楷体没有替代字体，版式与正式公文有出入
libreoffice-writer-nogui|have soffice|不能读取旧版 .doc、.wps 文件，也不能核对导出的 Word 版式
libreoffice-calc-nogui|office_calc|不能读取旧版表格文件，也不能核对导出的 Excel
poppler-utils|have pdftotext|核对 PDF 版式的测试跳过
postgresql|postgres_server|测试不在 PostgreSQL 上跑第二遍（只用 SQLite 时不受影响）'

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

install_missing() {
  echo "— 用 apt 补装系统部件：$*"
  apt-get update -qq || true
  # One by one after a joint failure: a single unknown package must not keep the others away.
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null && return
  local package
  for package in "$@"; do
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || true
  done
}

read -ra absent <<<"$(missing | tr '\n' ' ')"
[ "${#absent[@]}" = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && have apt-get && ! recently_tried; then
  install_missing "${absent[@]}"
  read -ra absent <<<"$(missing | tr '\n' ' ')"
  [ "${#absent[@]}" = 0 ] && exit 0
  mkdir -p .venv && touch "$stamp"
fi
echo '! 缺少以下系统部件，其余功能不受影响：' >&2
for package in "${absent[@]}"; do
  echo "    $package：$(grep "^$package|" <<<"$parts" | cut -d'|' -f3)" >&2
done
echo "  有管理员权限时可执行：apt-get install ${absent[*]}" >&2
