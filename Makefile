# Every target is complete on a fresh machine with git, make and Python 3.11 or newer, and may be run again at any time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help demo test lint types contracts docs check assets pins system clean

help: ## What can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.demo assets ## Install, make the demo workspace, run its week and serve it
	$(BIN)/bywhen demo

test: $(VENV)/.dev assets ## Install and run every test
	@$(BIN)/python scripts/system_packages.py --missing
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.dev ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## Types, strict
	$(BIN)/mypy

contracts: $(VENV)/.dev ## Who may import whom
	$(BIN)/lint-imports

docs: $(VENV)/.dev ## The documentation, warnings are errors
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

check: lint types contracts docs test ## Everything that a change must pass

assets: $(VENV)/.demo ## Fonts, icons and components of the web pages, from npm
	@$(BIN)/python scripts/assets.py

system: ## The system packages that some tests use (asks for root on Debian)
	$(PYTHON) scripts/system_packages.py --install

pins: ## Make the pinned requirements anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/runtime.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group test --group check --group docs -c requirements/runtime.txt --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements/dev.txt

clean: ## Forget what was installed and built
	rm -rf $(VENV) node_modules docs/_build src/bywhen/shell/static/vendor

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.demo
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
