# Two commands for everybody: `make demo` and `make test`.  Both set up what they need in
# .venv, with uv where it is installed, else with python -m venv and pip.

PYTHON ?= python3
BIN := .venv/bin
DEMO := .demo
CONLLU ?=
GOLD ?=
UV := $(shell command -v uv 2>/dev/null)
INSTALL = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check) -c .ci/constraints.txt

.PHONY: demo test check wheel messages screenshot benchmark faults quality clean

demo: .venv/.demo ## Open the screen on a library of sample articles
	@$(BIN)/zametka demo --library $(DEMO)

test: .venv/.test ## Run all tests, with branch coverage of annotations and store
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term --ignore tests/screen
	$(BIN)/python -m pytest -n 2 tests/screen

check: .venv/.test ## Lint, types, the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

wheel: .venv/.test ## Build the wheel into dist/
	rm -rf dist
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

messages: .venv/.test ## Bring the catalogues of the interface up to date; name what is untranslated
	$(BIN)/python -m tests.messages

screenshot: .venv/.test ## Draw the README's picture
	$(BIN)/python tests/screenshot.py .github/screenshot.svg

benchmark: .venv/.test ## Measure, beside a reference in the same run
	$(BIN)/python benchmarks/library.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/annotate.py
	$(BIN)/python benchmarks/screen.py

faults: .venv/.test ## Kill, fill up, cut off and corrupt; FAULTS="kill --seed 3" runs some of it
	$(BIN)/python -m tests.faults $(FAULTS)

quality: .venv/.test ## Measure what search and the recognisers find; CONLLU=folder of treebanks, GOLD=folder of *.jsonl
	@$(BIN)/python -m tests.quality $(if $(CONLLU),--conllu "$(CONLLU)") $(if $(GOLD),--gold "$(GOLD)")

clean: ## Remove everything that make has made
	rm -rf .venv $(DEMO) dist .coverage* htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.demo: .venv/.made pyproject.toml .ci/constraints.txt
	$(INSTALL) -e ".[ner]"
	@touch $@

.venv/.test: .venv/.made pyproject.toml .ci/constraints.txt
	$(INSTALL) -e ".[ner,dev]"
	@touch $@ .venv/.demo

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "zametka needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv .venv
	@touch $@
