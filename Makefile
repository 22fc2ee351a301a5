# Two commands: `make grade` grades the sample class, `make test` passes the tests.
# Each sets up .venv by itself; PYTHON chooses the interpreter (3.11 or newer).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: grade test lint build images clean

grade: $(VENV)/.installed
	$(BIN)/autograder grade tests/sample_class -o out --seed 6

test: $(VENV)/.tested lint
	$(BIN)/pytest -n 2

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

build: $(VENV)/.installed
	$(BIN)/autograder build -o dist

bench: $(VENV)/.tested
	$(BIN)/python -m tests.bench

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/pip install --quiet 'pip>=25.1'
	$(BIN)/pip install --quiet --group test
	touch $@

# The pictures of the README; needs Chromium.
images: $(VENV)/.tested
	$(BIN)/python tests/screenshots.py

clean:
	rm -rf $(VENV) out dist
