# Huiyin 回音. `make` lists what there is.

PORT ?= 8000
HUIYIN_HOME ?= $(CURDIR)/.huiyin
export PORT HUIYIN_HOME

BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup run test lint types imports bench messages lock clean dev parts

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what running needs into .venv; the command line is then .venv/bin/huiyin
	@sh tools/setup.sh

run: setup ## start Huiyin with a demo company at http://127.0.0.1:8000/ (PORT, HUIYIN_HOME)
	@HUIYIN_DEMO=$${HUIYIN_DEMO-1} $(BIN)/huiyin start

test: lint types imports parts ## run every check and every test, installing what they need
	@$(BIN)/python -m pytest $(PYTEST)

lint: dev ## ruff: style, mistakes, formatting
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: dev ## mypy, strict
	@$(BIN)/mypy

imports: dev ## import-linter: the storeys of docs/architecture.md
	@$(BIN)/lint-imports

bench: dev ## measure speed and memory, beside an empty view and the bare database (CUSTOMERS=10000 BENCH="--help")
	@$(BIN)/python -m bench $(if $(CUSTOMERS),--customers $(CUSTOMERS)) $(BENCH)

messages: dev ## gather texts for translation into each room's catalogue (ROOMS="cases web")
	@$(BIN)/python tools/messages.py $(ROOMS)

lock: dev ## renew the lock files to the newest allowed versions
	@sh tools/lock.sh

clean: ## remove everything that setup and tests made; your data in HUIYIN_HOME stays
	@rm -rf .venv node_modules src/huiyin/web/vendor .huiyin-test .huiyin-test.lock build dist src/*.egg-info
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

dev:
	@sh tools/setup.sh --dev

parts: dev
	@sh tools/test_parts.sh
