# Everything a person does with this tree; it needs Python 3.11 or newer, and make.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
MANAGE := $(PY) manage.py
PIP := $(PY) -m pip install -qq --disable-pip-version-check --no-input --require-hashes
PYTEST := $(PY) -m pytest
JOBS ?= auto
# Which tests run side by side.
TESTS ?= not serial
# Where what lives stands: database, uploads, published style (README, "Configuration").
PORTAL_DATA ?= var
PUBLISHED := $(PORTAL_DATA)/static/staticfiles.json
# Compiled once: containers often forbid it, and then each of many processes compiles Django again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test test-postgres fuzz check bench look trial
.DEFAULT_GOAL := help

help:
	@echo "make run            the portal, full of its library, on http://localhost:$(PORT)  (PORT= to change)"
	@echo "make test           the whole suite on SQLite, with a real Chromium where there is one"
	@echo "make test-postgres  the same on a PostgreSQL started for it and removed after"
	@echo "make check          style, types, contracts, migrations, catalogues, library, known vulnerabilities"
	@echo "make look           every page, every width and theme: accessibility and pictures"
	@echo "make bench          the budgets: queries, bytes, speed, memory, growth"
	@echo "make fuzz           the property tests, let loose"
	@echo "make trial          bad weather: processes killed, servers that drop, one scenario after another"

# What each command needs, installed once ------------------------------------------------------------

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed. Name yours: make PYTHON=python3.12 run"; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements/runtime.txt | $(PY)
	@echo "Installing what the portal needs (once)"
	@$(PIP) -r requirements/runtime.txt
	@touch $@

.venv/.dev: requirements/dev.txt | $(PY)
	@echo "Installing what tests and checks need (once)"
	@$(PIP) -r requirements/dev.txt
	@touch $@

# The portal -----------------------------------------------------------------------------------------

run: export PORTAL_PROFILE = demo
run: export PORT := $(PORT)
run: export PORTAL_DATA := $(PORTAL_DATA)
run: .venv/.runtime $(PUBLISHED)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable
	@$(MANAGE) load_library resources/starter
	@$(MANAGE) seed_demo
	@$(MANAGE) start --port $(PORT)

# Hashed and compressed names are made again only when a file of the style changed.
$(PUBLISHED): $(shell find static -type f) portal/settings.py .venv/.runtime
	@PORTAL_PROFILE=demo PORTAL_DATA="$(PORTAL_DATA)" $(MANAGE) publish_static

# Tests ----------------------------------------------------------------------------------------------

test: .venv/.dev
	@$(PYTEST) -n $(JOBS) --dist worksteal -m "$(TESTS)"
	@$(PYTEST) -m serial

test-postgres: .venv/.dev
	@.ci/with-postgres sh -ec '$(PYTEST) -n $(JOBS) --dist worksteal \
	  -m "not serial and not drawing and not anywhere"; $(PYTEST) -m serial'

fuzz: .venv/.dev
	@HYPOTHESIS_PROFILE=fuzz $(PYTEST) -n $(JOBS) -m "property and not browser and not serial"

bench: .venv/.dev
	@$(PY) -m tests.bench

look: .venv/.dev
	@$(PY) -m tests.look

trial: .venv/.dev
	@$(PY) -m tests.trial

# Checks ---------------------------------------------------------------------------------------------

check: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@git ls-files -- 'templates/*.html' | xargs $(BIN)/djade --check --target-version 5.2
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/mypy portal exchanges resources accounts foundation
	@$(BIN)/lint-imports --no-cache
	@$(MANAGE) makemigrations --check --dry-run
	@$(PYTEST) -p no:xdist tests/architecture/test_catalogues.py
	@$(MANAGE) check_library
	@.ci/audit $(BIN)/pip-audit
	@.ci/as-production $(MANAGE) check --deploy --fail-level WARNING
