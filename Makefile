# Two commands: `make grade` grades the sample class, `make test` passes the tests.
# Each sets up .venv by itself; PYTHON chooses the interpreter (3.11 or newer).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Every pip below installs the versions that are written down there, and builds with them.
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt

# Other Pythons, for `make pythons`.
OTHER ?= $(wildcard $(HOME)/.pyenv/versions/3.1[2-9]*/bin/python)

.PHONY: grade test thorough quick part pythons lint build constraints bench images clean

grade: $(VENV)/.installed
	$(BIN)/autograder grade tests/sample_class -o out --seed 6

# One process more than the cores that are asked for: many tests wait for others. A file is one
# process's, as its tests share what they graded. Hundreds of commands are started: where Python
# may not keep what it compiled, each compiles the package anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.tested lint
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

# The cases that `make test` leaves out: they ask once more what others have asked.
thorough: export PYTHONDONTWRITEBYTECODE :=
thorough: $(VENV)/.tested
	$(BIN)/pytest -n 3 -m thorough --dist loadfile

# What a change to one exercise, its misconceptions or its words needs; under a minute.
quick: $(VENV)/.tested
	$(BIN)/pytest -n 2 tests/test_architecture.py tests/notes6 tests/feedback/test_no_giveaway.py

# What depends on the Python: how files are read and run, confinement, the hand-out.
part: $(VENV)/.tested
	$(BIN)/pytest -n 2 tests/source tests/sandbox tests/intake/test_odd_hand_ins.py \
		tests/hand_out/test_check.py tests/hand_out/test_packing.py

# The same on each other Python that there is.
pythons:
	for python in $(OTHER); do \
		$(MAKE) part PYTHON=$$python VENV=.venv-$$(basename $$(dirname $$(dirname $$python))) || exit 1; \
	done

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

build: $(VENV)/.installed
	$(BIN)/autograder build -o dist

# Beside other graders; writes docs/bench.md and docs/cluster.md.
bench: $(VENV)/.tested $(VENV)-nbgrader
	$(BIN)/python -m tests.bench

# Writes down the newest versions that work together. Use the oldest Python that is supported:
# what runs on it runs on newer ones too.
constraints: export PIP_CONSTRAINT :=
constraints: export PIP_BUILD_CONSTRAINT :=
constraints:
	$(PYTHON) -m venv --clear $(VENV)-newest
	$(VENV)-newest/bin/pip install --quiet --upgrade pip hatchling editables
	$(VENV)-newest/bin/pip install --quiet --editable . --group test
	$(VENV)-newest/bin/pip freeze --all --exclude setuptools --exclude-editable > constraints.txt
	rm -r $(VENV)-newest

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/pip install --quiet 'pip>=25.1'
	$(BIN)/pip install --quiet --group test
	touch $@

# What nbgrader needs is none of the project's dependencies. Without it the rest is measured.
$(VENV)-nbgrader: export PIP_CONSTRAINT :=
$(VENV)-nbgrader: export PIP_BUILD_CONSTRAINT :=
$(VENV)-nbgrader:
	$(PYTHON) -m venv $@
	$@/bin/pip install --quiet 'pip>=25.1' && $@/bin/pip install --quiet --group nbgrader \
		|| rm -rf $@

# The pictures of the README; needs Chromium.
images: $(VENV)/.tested
	$(BIN)/python tests/screenshots.py

clean:
	rm -rf $(VENV) $(VENV)-* out dist
