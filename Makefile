# Every command a newcomer needs. `make` alone lists them.
PYTHON ?= python3
# A process has a database server and a demonstration of its own; tests that share something costly stay in one of them.
PROCESSES ?= 2
BIN := .venv/bin
# The pinned files are complete: nothing is resolved again, so that a newer release upstream changes nothing here.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement
SELF := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
ADVISORIES := $(BIN)/python -m tools.advisories
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" pyproject.toml --group build

.DEFAULT_GOAL := help
.PHONY: help demo env env-dev serve test test-all storms screenshots histories attack lint format messages bench requirements sbom advisories clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 16

demo: env  ## the demonstration on http://127.0.0.1:8000 (Ctrl-C stops it)
	@$(BIN)/semailles demo --serve

env: .venv/.base  ## the environment alone, in .venv

env-dev: .venv/.dev  ## the environment with the tests' and the linters' tools

.venv/.base: requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Semailles needs Python 3.11 or newer; name one with PYTHON=…")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "Making .venv…"; rm -rf .venv; $(PYTHON) -m venv .venv; }
	@echo "Installing the pinned dependencies (a minute or two the first time)…"
	@$(PIP) requirements/base.txt && $(SELF)
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Installing the tools of tests and linters…"
	@$(PIP) requirements/dev.txt
	@touch $@

serve: env  ## the server and the worker, on the instance's own data
	@$(BIN)/semailles db upgrade && $(BIN)/semailles serve

TESTS = $(BIN)/pytest --numprocesses $(PROCESSES) --dist loadgroup --no-loadscope-reorder --ignore=tests/architecture

test: env-dev  ## every test on SQLite, on PostgreSQL those that depend on it, the browser's included
	@$(BIN)/python -m tests.needs
	@$(TESTS) $(ARGS)

test-all: env-dev  ## every test on both databases
	@$(BIN)/python -m tests.needs
	@$(TESTS) --databases all $(ARGS)

storms: env-dev  ## two hundred scenarios of killed servers and phones without a network (a quarter of an hour)
	@SCENARIOS=200 $(BIN)/pytest -q tests/e2e/test_storms.py $(ARGS)

screenshots: env-dev  ## the way of an idea in pictures, on a phone and on a desk, in tests/e2e/screenshots
	@SCREENSHOTS=1 $(BIN)/pytest -q tests/e2e/test_way.py tests/e2e/test_note.py $(ARGS)

histories: env-dev  ## a thousand drawn histories of the review, on both databases (half an hour)
	@HISTORIES=1000 $(BIN)/pytest -q tests/integration/review/test_histories.py $(ARGS)

attack: env-dev  ## every payload in every form, as each role, and the open interface; pages opened in Chromium
	@ATTACK=1 $(BIN)/pytest -q --databases all --show-capture=no tests/functional/test_attack.py tests/functional/publishing/test_schemathesis.py tests/e2e/test_attack.py $(ARGS)

lint: env-dev  ## ruff, mypy --strict, import-linter, numpydoc, bandit, detect-secrets, known weaknesses, our own rules
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/numpydoc lint $$(git ls-files 'nlp/*.py')
	@$(BIN)/bandit --quiet --configfile pyproject.toml --severity-level medium --recursive webapp nlp tools
	@git ls-files | grep -vE '^requirements/|\.png$$' | xargs -P 2 -n 150 $(BIN)/detect-secrets-hook
	@$(ADVISORIES) check
	@$(BIN)/pytest --quiet tests/architecture

format: env-dev  ## rewrite the code as ruff formats it
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

messages: env-dev  ## find the sentences that participants read, and update the catalogues
	@$(BIN)/python -m tools.messages

bench: env-dev  ## measure, and write docs/benchmarks.md
	@$(BIN)/python -m tests.bench

requirements: env-dev  ## resolve every dependency again and pin it with its hashes
	@$(COMPILE) --upgrade --output-file requirements/base.txt
	@$(COMPILE) --upgrade --group test --group lint --output-file requirements/dev.txt

sbom: env-dev  ## write semailles.cdx.json: every pinned package, its hashes and its licence (CycloneDX)
	@$(BIN)/python -m tools.sbom

advisories: env-dev  ## refresh requirements/advisories.json, from pip-audit or FROM=a folder or ZIP of OSV files
	@$(ADVISORIES) refresh $(FROM)

clean:  ## remove the environment and the caches; instance/ is kept
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .bench htmlcov .coverage
