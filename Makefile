# Two commands matter to a stranger: `make demo` and `make test`. Everything lives in .venv, from locked, hashed packages.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# What is locked is installed by the uv that is locked, in seconds; where that finds no packages (a mirror of which pip alone is told), by pip.
PIP := -m pip install --quiet --disable-pip-version-check --no-deps
install = $(BIN)/uv pip install --quiet --no-deps --system-certs --python $(1) $(2) 2> /dev/null || $(1) $(PIP) $(2)
locked = $(call install,$(1),--require-hashes -r $(2))
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra build
OWN_LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
# A test starts hundreds of processes: where no compiled code is kept, each of them compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE
ONLY ?=
SEEDS ?= 20000
# Tests wait for sockets and processes a third of their time: one more of them than there are processors.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.PHONY: help demo dev test lint check sim audit sbom bench bench-peers client format lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: .venv/.runtime ## one interview-prep job from a sample posting to out/interview-prep.pdf
	$(BIN)/python -m infra.demo

dev: .venv/.runtime ## the local cloud with the sample sites, in the foreground
	$(BIN)/headrace dev --samples

test: .venv/.dev ## the whole suite, quick tests on other days, with branch coverage of the engine and its reports
	$(BIN)/python -m pytest -n $(WORKERS) -p tests.support.plugins.distribution -p tests.clocks.other_days -p tests.support.plugins.engine_coverage \
	  --cov --cov-report=term --cov-report=json:out/coverage.json -q
	$(BIN)/python -m tests.support.plugins.coverage_floor out/coverage.json

lint: .venv/.dev ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint ## format, lint, types, import rules, house rules
	$(BIN)/python -m pytest tests/infra -q -p no:cacheprovider

sim: .venv/.dev ## seeded histories of the engine under faults: make sim SEEDS=1000
	$(BIN)/python -m tests.sim --seeds $(SEEDS)

audit: .venv/.runtime ## known holes in the locked packages; where nobody can be asked it says so, and fails in CI alone
	@mkdir -p out; rm -f out/audit.json; test -x .venv-audit/bin/pip-audit || { $(PYTHON) -m venv .venv-audit; .venv-audit/bin/python -m pip --quiet install 'pip-audit>=2.10,<3'; } || true
	@.venv-audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --format json --output out/audit.json; found=$$?; \
	if test -s out/audit.json; then exit $$found; fi; echo 'not audited: nobody could be asked'; test -z "$$CI"

sbom: .venv/.runtime ## the packages of the runtime with versions, hashes and licences, from the lock alone: out/sbom.json
	$(BIN)/python -m tests.support.packages.sbom out/sbom.json

bench: .venv/.dev ## every benchmark, or some: make bench ONLY=name
	$(BIN)/python -m tests.bench $(ONLY)

bench-peers: .venv/.dev .venv-peers/.done ## the same with other systems beside it (Celery, Dramatiq and arq when redis-server is there)
	$(BIN)/python -m tests.bench --peers $(ONLY)

client: .venv-client/.done ## what makes a client from /openapi.json: tests/client starts a job with one

format: .venv/.dev ## format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## pin the dependencies of pyproject.toml again, with the uv of an earlier `make test`
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraints requirements.lock --output-file requirements-dev.lock
	$(OWN_LOCK) tests/bench/peers/requirements.in --output-file tests/bench/peers/requirements.lock
	$(OWN_LOCK) tests/client/requirements.in --output-file tests/client/requirements.lock

clean: ## remove everything that was made
	rm -rf .venv .venv-audit .venv-peers .venv-client out .headrace build *.egg-info .coverage .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Headrace needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > .venv/uv.lock
	-$(BIN)/python $(PIP) --require-hashes -r .venv/uv.lock

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	@echo 'Installing the locked packages into .venv: nothing is shown meanwhile.'
	$(call locked,$(BIN)/python,requirements.lock)
	$(call install,$(BIN)/python,--no-build-isolation --editable .)
	test -e .venv/.dev || $(BIN)/python -m pip check
	touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(call locked,$(BIN)/python,requirements-dev.lock)
	$(BIN)/python -m pip check
	touch $@

.venv-peers/.done: tests/bench/peers/requirements.lock | .venv/bin/python
.venv-client/.done: tests/client/requirements.lock | .venv/bin/python
.venv-peers/.done .venv-client/.done:
	$(PYTHON) -m venv $(@D)
	$(call locked,$(@D)/bin/python,$<)
	$(@D)/bin/python -m pip check
	touch $@
