# Three commands need nothing but Python (3.11 or newer) and make: `make demo`, `make serve` and `make test`. Each sets up .venv first,
# with Numba, which compiles what they call; `make kernels` compiles all kernels at once, as for a wheel.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo serve test kernels check docs clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed
	$(BIN)/pminusy fit digits --out demo --force

serve: $(VENV)/.installed
	$(BIN)/pminusy serve --open

test: $(VENV)/.installed
	$(BIN)/python -m pytest

kernels: $(VENV)/.installed
	$(BIN)/python -m pminusy.kernels.machine.build

check: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.docs
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs
	@echo "build/docs/index.html"

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	PMINUSY_LEVELS=none $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cli,test]'
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	PMINUSY_LEVELS=none $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(VENV)/.docs: $(VENV)/.installed
	PMINUSY_LEVELS=none $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

clean:
	rm -rf $(VENV) .venvs build dist demo docs/gallery docs/reference/generated
