# 据实 Jushi：所有日常命令。先看 `make help`。
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
VENDOR := src/jushi/desk/static/vendor
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
SHOTS ?= 1

# Only the project's own environment is ever touched, and uv never fetches another Python.
export UV_PYTHON_DOWNLOADS := never
export UV_HTTP_TIMEOUT := 180
unexport VIRTUAL_ENV

.PHONY: help setup preflight system run test test-fast postgres lint format bench wheel bundle notices manual clean

help:  ## 显示本说明
	@echo '据实 Jushi — 常用命令：'
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-11s %s\n", $$1, $$2}'
	@echo '参数：HOST、PORT（make run），ARGS（追加给 pytest 或基准程序），例如：make test-fast ARGS="tests/text -x"'

setup: preflight system $(VENV)/.stamp-sync $(VENDOR)/manifest.json  ## 准备运行环境（可反复执行，已就绪时立即返回）
	@$(if $(filter setup,$(MAKECMDGOALS)),echo '✓ 已就绪：make run 打开演示，make test 跑全部检查',:)

preflight:
	@tools/preflight.sh $(VENV) $(VENDOR)/manifest.json

system: preflight
	@tools/system.sh

$(VENV)/.stamp-uv: tools/python_env.sh
	@tools/python_env.sh $(VENV)
	@touch $@

$(VENV)/.stamp-sync: $(VENV)/.stamp-uv pyproject.toml uv.lock
	@echo '— 安装 Python 依赖（uv.lock）'
	@tools/retry.sh $(BIN)/uv sync --locked --quiet
	@touch $@

node_modules/.stamp: package.json package-lock.json .npmrc
	@echo '— 取得网页资源包（package-lock.json）'
	@tools/retry.sh npm ci --ignore-scripts --no-progress --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=2000
	@touch $@

$(VENDOR)/manifest.json: tools/assets.py tools/icons.txt node_modules/.stamp $(VENV)/.stamp-uv
	@$(BIN)/python tools/assets.py

run: setup  ## 准备环境并打开演示：http://127.0.0.1:8000
	JUSHI_HOME=$${JUSHI_HOME:-var} $(BIN)/jushi serve --demo --host $(HOST) --port $(PORT)

test: setup  ## 全部检查：代码规范、类型、分层，PostgreSQL 与 SQLite 各跑一遍测试
	@tools/test.sh $(ARGS)

test-fast: setup  ## 只在 SQLite 上跑测试（ARGS 可指定目录或选项）
	@$(BIN)/python -m pytest $(ARGS)

postgres: setup  ## 只在临时 PostgreSQL 上跑测试
	@tools/with_postgres.sh $(BIN)/python -m pytest $(ARGS)

lint: setup  ## 代码规范、格式、类型、分层
	@tools/lint.sh

format: setup  ## 自动整理代码格式
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .

bench: setup  ## 运行 bench/ 中的基准（打印与基线之比）
	@tools/bench.sh $(ARGS)

wheel: setup  ## 构建可离线安装的 wheel，并核对网页资源已装入
	@$(BIN)/python tools/notices.py --check
	@rm -f dist/*.whl
	@$(BIN)/uv build --wheel --quiet --out-dir dist
	@$(BIN)/python tools/check_wheel.py dist

bundle: wheel  ## 制作离线安装包：wheel、全部依赖、安装脚本（ARGS 如：--platforms linux-arm --pythons 3.11）
	@$(BIN)/python tools/bundle.py dist $(ARGS)

notices: setup  ## 重新生成 THIRD_PARTY_NOTICES.md（“数据来源”一节原样保留）
	@$(BIN)/python tools/notices.py

manual: setup  ## 重新生成手册的台账页和截图（截图须有 Chromium；只要文字：SHOTS=0）
	@$(BIN)/python tools/manual.py
	@[ "$(SHOTS)" = 0 ] || $(BIN)/python tools/manual.py --shots

clean:  ## 删除生成物（不删 var/ 中的数据）
	rm -rf $(VENV) node_modules dist build $(VENDOR) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
