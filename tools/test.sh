#!/usr/bin/env bash
# 用法：tools/test.sh [pytest 参数…]   检查 → PostgreSQL → SQLite，任何一步失败则整体失败。
# The complete run on SQLite comes last, so that pytest's closing line there is the last count that is printed.
set -u
bin=.venv/bin
workers=${JUSHI_TEST_WORKERS:-2}
# The pure packages know no database, and what a browser sees does not depend on it: not repeated on PostgreSQL.
skip=(--ignore=tests/text --ignore=tests/proof --ignore=tests/compose -m 'not browser')
failed=()

tools/lint.sh || failed+=('规范、类型或分层检查')

if tools/with_postgres.sh --available; then
  echo '— 测试：PostgreSQL（与数据库有关的部分）'
  tools/with_postgres.sh "$bin/python" -m pytest -n "$workers" --dist loadfile "${skip[@]}" "$@"
  status=$?
  # 5: nothing was collected; right only when some tests were asked for by name, and all of them are pure
  [ "$status" = 0 ] || { [ "$status" = 5 ] && [ "$#" -gt 0 ]; } || failed+=('PostgreSQL 上的测试')
else
  echo '— 测试：PostgreSQL 略过（本机没有服务程序；apt-get install postgresql 后会自动补跑）'
fi

echo '— 测试：SQLite（全部）'
env -u DATABASE_URL "$bin/python" -m pytest -n "$workers" --dist loadfile "$@" || failed+=('SQLite 上的测试')

for part in "${failed[@]}"; do
  echo "✗ 未通过：$part" >&2
done
[ "${#failed[@]}" = 0 ]
