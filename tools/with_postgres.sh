#!/usr/bin/env bash
# 用法：tools/with_postgres.sh 命令…        在临时 PostgreSQL 上运行命令（设好 DATABASE_URL），用后删除
#       tools/with_postgres.sh --available  本机有无 PostgreSQL 服务程序
set -eu

find_bin() {
  local directory
  directory=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -1 || true)
  if [ -x "$directory/initdb" ]; then echo "$directory"; return; fi
  if command -v initdb >/dev/null 2>&1; then dirname "$(readlink -f "$(command -v initdb)")"; fi
}

bin=$(find_bin)
if [ "${1:-}" = --available ]; then
  [ -n "$bin" ]
  exit
fi
if [ -z "$bin" ]; then
  echo '✗ 没有找到 PostgreSQL 服务程序（initdb）。Debian：apt-get install postgresql' >&2
  exit 3
fi

# The server refuses to run as root: hand its folder to an unprivileged account.
as_server=()
owner=$(id -un)
if [ "$(id -u)" = 0 ]; then
  owner=nobody
  if id postgres >/dev/null 2>&1; then owner=postgres; fi
  as_server=(setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --clear-groups)
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/jushi-pg.XXXXXX")
chmod 711 "$home"
stop() {
  status=$?
  trap - EXIT INT TERM
  "${as_server[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$home"
  exit "$status"
}
trap stop EXIT INT TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s' "$password" >"$home/password"
[ "$(id -u)" != 0 ] || chown -R "$owner" "$home"
fail() {
  echo '✗ 临时 PostgreSQL 没有启动，服务程序的输出如下：' >&2
  cat "$home"/*.log >&2 2>/dev/null || true
  exit 3
}
cd "$home" # the server account may not be able to enter the caller's folder
"${as_server[@]}" "$bin/initdb" -D "$home/data" -U jushi --pwfile="$home/password" --auth=scram-sha-256 \
  --encoding=UTF8 --locale=C.UTF-8 >"$home/initdb.log" 2>&1 || fail

started=
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 12000))
  # Durability off: the data lives minutes. Nothing but the loopback address listens.
  if "${as_server[@]}" "$bin/pg_ctl" -D "$home/data" -w -t 60 -l "$home/server.log" start -o \
    "-p $port -k $home -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60" \
    >"$home/start.log" 2>&1; then
    started=1
    break
  fi
done
[ -n "$started" ] || fail
cd "$OLDPWD"
export DATABASE_URL="postgresql://jushi:$password@127.0.0.1:$port/postgres"
"$@"
