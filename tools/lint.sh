#!/usr/bin/env bash
# 规范、格式、类型、分层；全部跑完再给结论，免得改一处跑一遍。
set -u
bin=.venv/bin
status=0
step() {
  echo "— $1"
  shift
  "$@" || status=1
}
step '代码规范（ruff check）' "$bin/ruff" check --quiet .
step '代码格式（ruff format）' "$bin/ruff" format --check --quiet .
step '类型（mypy）' "$bin/mypy" --no-error-summary src/jushi
step '分层（import-linter）' "$bin/lint-imports" --no-logo
exit "$status"
