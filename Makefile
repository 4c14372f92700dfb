# make run   set up, build the data, open the dashboard on http://localhost:8501
# make test  set up, then everything: tests (unit, property, page, browser), lint, types

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

INPUTS := $(shell find data seeds geo -type f -not -path 'data/build/*' -not -name '*.pyc' | sed 's/ /\\ /g')

.PHONY: run build test lint types bench clean

run: data/build/.done
	$(BIN)/streamlit run app.py --server.port $(PORT)

build: data/build/.done

test: .venv/.dev lint types
	$(BIN)/pytest

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy

bench: .venv/.run
	$(BIN)/python -m benchmarks.areas

clean:
	rm -rf .venv data/build static/maps

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

data/build/.done: .venv/.run $(INPUTS)
	$(BIN)/python -m geo build
	@touch $@
