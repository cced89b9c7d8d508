# Everything a developer or an operator of one machine types. `make` alone lists the commands.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# The first Python that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$p; break; fi; done)

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
DIST := pamong/common/static/dist
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 16

.PHONY: setup
setup: $(STAMPS)/installed $(STAMPS)/words staticfiles/.stamp ## set everything up in .venv/, nothing outside this folder

.PHONY: run
run: setup ## set up and serve http://127.0.0.1:8000 with the demonstration region; Ctrl-C stops
	@exec $(BIN)/pamong serve --demo

.PHONY: test
test: setup $(STAMPS)/dev ## set up and pass every test, on SQLite, and on PostgreSQL when one is reachable
	@$(BIN)/python -m tests.run $(ARGS)

.PHONY: check
check: lint types contracts templates migrations test ## everything CI checks

.PHONY: lint
lint: $(STAMPS)/dev ## ruff: faults and form
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: setup $(STAMPS)/dev ## mypy, strict
	$(BIN)/mypy

.PHONY: contracts
contracts: setup $(STAMPS)/dev ## import-linter: imports only go down
	$(BIN)/lint-imports --no-cache

.PHONY: templates
templates: $(STAMPS)/dev ## djlint: templates are well formed
	$(BIN)/djlint pamong --lint --quiet

.PHONY: migrations
migrations: setup $(STAMPS)/dev ## no model is ahead of its migrations
	PAMONG_HOME=$$(mktemp -d) $(BIN)/python manage.py makemigrations --check --dry-run

.PHONY: docs
docs: setup $(STAMPS)/dev ## write the generated reference pages anew
	PAMONG_HOME=$$(mktemp -d) $(BIN)/python -m pamong.config.reference docs/reference

.PHONY: evidence-checks
evidence-checks: setup $(STAMPS)/dev ## measure the machine's checks of documents on a corpus made by code; takes minutes
	PAMONG_HOME=$$(mktemp -d) $(BIN)/python -m tests.reading.evidence_checks docs/reference/evidence-checks.md

.PHONY: format
format: $(STAMPS)/dev ## put code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: lock
lock: $(STAMPS)/dev ## choose the newest versions of every library anew
	$(BIN)/pip install --quiet uv
	echo 'setuptools>=77' | $(LOCK) - -o requirements/build.lock
	$(LOCK) pyproject.toml -o requirements/base.lock
	$(LOCK) pyproject.toml --extra dev -o requirements/dev.lock
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.PHONY: clean
clean: ## remove what setup made; data in var/ stays
	rm -rf $(VENV) frontend/node_modules $(DIST) staticfiles build *.egg-info .mypy_cache .ruff_cache .pytest_cache
	find pamong -name '*.mo' -delete

# -- how setup is done; each stamp is newer than what it was made from ------------------------------------------------

# What only the machine can bring, asked for before anything takes minutes; everything missing is named at once.
.PHONY: tools
tools:
	@missing=; \
	test -n "$(PYTHON)" || { missing=1; \
		echo "Python 3.11 or newer is needed and was not found. Install it (Debian: apt-get install python3 python3-venv) and try again." >&2; }; \
	test -z "$(PYTHON)" || $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { missing=1; \
		echo "Python's venv module is missing. Install it (Debian: apt-get install python3-venv) and try again." >&2; }; \
	{ node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null && command -v npm >/dev/null; } || { missing=1; \
		echo "Node 20 or newer with npm is needed and was not found$$(node --version 2>/dev/null | sed 's/^/ (here is /; s/$$/)/'). Install it (https://nodejs.org) and try again." >&2; }; \
	test -z "$$missing"

$(STAMPS)/venv: | tools
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/base: $(STAMPS)/venv requirements/base.lock requirements/build.lock
	@echo "Installing the libraries …"
	$(BIN)/pip install --quiet --require-hashes -r requirements/build.lock -r requirements/base.lock
	@touch $@

$(STAMPS)/dev: $(STAMPS)/base requirements/dev.lock
	@echo "Installing the tools for tests …"
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

$(STAMPS)/installed: $(STAMPS)/base pyproject.toml
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

frontend/node_modules/.stamp: frontend/package.json frontend/package-lock.json | tools
	@echo "Installing the interface's libraries …"
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

FRONTEND := $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)
$(DIST)/.stamp: frontend/node_modules/.stamp $(FRONTEND)
	cd frontend && npm run --silent build
	@touch $@

# The folders too: they change when a file comes or goes.
STATIC := $(shell find pamong -path '*/static/*' -not -path '$(DIST)/*' 2>/dev/null)
staticfiles/.stamp: $(STAMPS)/installed $(DIST)/.stamp $(STATIC)
	PAMONG_HOME=$$(mktemp -d) $(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

WORDS := $(shell find pamong -name '*.po' 2>/dev/null)
$(STAMPS)/words: $(STAMPS)/base $(WORDS)
	$(BIN)/python -m pamong.common.compile_messages
	@touch $@
