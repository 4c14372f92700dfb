# make run   set up, build the data, open the dashboard on http://localhost:8501
# make test  set up, then tests (unit, property, page, browser), lint, types
# make test-slow  the long tests that make test leaves out
# make bench set up, then measure (half an hour): benchmarks/RESULTS.md

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

INPUTS := $(shell find data seeds geo -type f -not -path 'data/build/*' -not -name '*.pyc' -not -name '*.sqlite*' | sed 's/ /\\ /g')
# What people decided since the last build is to be on the map.
STORE := $(wildcard data/holdline.sqlite data/holdline.sqlite-wal)

.PHONY: run build test test-slow lint types types-js bench clean

run: data/build/.done
	$(BIN)/streamlit run app.py --server.port $(PORT)

build: data/build/.done

# Compiled modules are kept: each worker, and each process that a test starts, would compile them again.
test: .venv/.dev lint types
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -m "not slow"

test-slow: .venv/.dev
	$(BIN)/pytest -m slow

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy
	@if command -v npm >/dev/null && $(MAKE) --no-print-directory node_modules/.package-lock.json; then \
		$(MAKE) --no-print-directory types-js; \
	elif [ -n "$$HOLDLINE_REQUIRE_BROWSER" ]; then echo "npm is missing or cannot install TypeScript: the types in geo/maps/web were not checked."; exit 1; \
	else echo "npm is missing or cannot install TypeScript: the check of types in geo/maps/web was skipped."; fi

types-js: node_modules/.package-lock.json
	node_modules/.bin/tsc --project .

bench: .venv/.bench
	$(BIN)/python -m benchmarks.time_layer
	$(BIN)/python -m benchmarks.sessions
	$(BIN)/python -m benchmarks.areas
	$(BIN)/python -m benchmarks.ledger

clean:
	rm -rf .venv node_modules data/build static/maps

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Holdline needs Python 3.11 or newer. Set PYTHON=/path/to/python3.11 and try again."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --loglevel=error
	@touch $@

.venv/.bench: benchmarks/requirements.txt .venv/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

data/build/.done: .venv/.run $(INPUTS) $(STORE)
	$(BIN)/python -m geo build
	@touch $@
