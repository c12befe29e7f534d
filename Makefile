# The front door. `make` lists the targets; each program explains itself with `.venv/bin/python -m scripts.NAME --help`.

PYTHON ?= python3
PORT ?= 8001
SOURCE ?=
UPGRADE ?=
SIGN_KEY ?=
FILE ?=
KEY ?=

RUN := .venv/bin/python -m
SYNC := .venv/bin/uv pip sync --quiet --require-hashes --compile-bytecode --python .venv/bin/python

# Folders stand beside their files so that a removed file counts as a change. The site's files do not reach the gate.
CODE := requirements-serve.txt $(shell find scripts -path scripts/site -prune -o -name __pycache__ -prune -o -print)
GATE_INPUT := datapackage.json data $(wildcard data/*.csv data/parquet/fingerprints.parquet) $(shell find validation)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test test-all test-scale validate mutate verify build release verify-release format document notebook translate measure segment fingerprint bench bench-scale snapshot lint lock clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: build/kz2018.db ## set up, validate, build, and serve on http://127.0.0.1:8001 (or PORT=)
	$(RUN) scripts.serve --port $(PORT)

test: .venv/.test-installed ## set up and run the tests, a sample of each long one (SOURCE=path: with the text too)
	KZ2018_SOURCE="$(SOURCE)" $(RUN) pytest -n auto --dist loadfile -m "not long and not scale"

test-all: .venv/.test-installed ## run the tests, the long ones whole
	KZ2018_SOURCE="$(SOURCE)" $(RUN) pytest -n auto --dist loadfile -m "not scale"

test-scale: .venv/.scale-installed ## run the tests that need Spark (and Java)
	$(RUN) pytest -m "scale and not long"

GATE = rm -f build/.validated && $(RUN) scripts.validate && mkdir -p build && touch build/.validated

validate: .venv/.serve-installed ## run the gate: schema, suites, rules, citations
	$(GATE)

mutate: .venv/.serve-installed ## break copies of the package and report what the gate catches (SOURCE=path: the text too)
	$(RUN) scripts.mutate $(if $(SOURCE),--source "$(SOURCE)")

verify: .venv/.serve-installed ## check every citation by its fingerprint, or against the text with SOURCE=path
	$(RUN) scripts.verify $(if $(SOURCE),--source "$(SOURCE)")

build: build/kz2018.db ## write data/parquet/ and build/kz2018.db, from data that passes the gate

release: .venv/.test-installed build/.parquet ## make dist/<name>-<version>/ and its .zip (SIGN_KEY=path: signed by minisign)
	$(RUN) scripts.release $(if $(SIGN_KEY),--sign-key "$(SIGN_KEY)")

verify-release: .venv/.serve-installed ## name what was altered in a release (FILE=path; KEY=path: whether its owner signed it)
	$(if $(FILE),,$(error name the release: make verify-release FILE=path/to/release.zip))
	$(RUN) scripts.verify_release "$(FILE)" $(if $(KEY),--key "$(KEY)")

format: .venv/.serve-installed ## put the CSVs of data/ into their canonical form
	$(RUN) scripts.format

document: .venv/.serve-installed ## write the documents that are made from the descriptor and the checks
	$(RUN) scripts.document

notebook: .venv/.test-installed ## run metadata/questions.ipynb and write it with its tables and figures
	$(RUN) scripts.run_notebook

translate: .venv/.serve-installed ## bring the translations up to the English texts, and say what is left to translate
	$(RUN) scripts.translate

measure: .venv/.test-installed ## write the measured tables of metadata/methodology.md
	$(RUN) scripts.measure

segment: .venv/.serve-installed ## cut the report's text into data/passages.csv (SOURCE=path)
	$(if $(SOURCE),,$(error the report's text is needed: make segment SOURCE=path/to/text))
	$(RUN) scripts.segment --source "$(SOURCE)"

fingerprint: .venv/.serve-installed ## make data/parquet/fingerprints.parquet from the report's text (SOURCE=path)
	$(if $(SOURCE),,$(error the report's text is needed: make fingerprint SOURCE=path/to/text))
	$(RUN) scripts.fingerprint --source "$(SOURCE)"

snapshot: build/kz2018.db ## write the whole site as files that need no server: dist/snapshot/ and its archive
	$(RUN) scripts.snapshot

bench: build/kz2018.db ## measure the site against stock Datasette (needs Debian's wrk)
	$(RUN) scripts.bench_site

bench-scale: .venv/.scale-installed ## measure the gate's engines against other tools (an hour or more; needs Java)
	$(RUN) scripts.bench_scale

lint: .venv/.test-installed ## check the code's style and types
	$(RUN) ruff check
	$(RUN) mypy

lock: .venv/bin/uv ## remake the locks after a change of pyproject.toml (UPGRADE=--upgrade: newest versions)
	$(COMPILE) --group uv --output-file requirements-uv.txt
	$(COMPILE) --group serve --output-file requirements-serve.txt
	$(COMPILE) --group test --constraints requirements-serve.txt --output-file requirements-test.txt
	$(COMPILE) --group scale --constraints requirements-test.txt --output-file requirements-scale.txt

COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	--custom-compile-command "make lock"

clean: ## remove what can be built again
	rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache

distclean: clean ## remove the environment too, for instance to change PYTHON
	rm -rf .venv

build/.validated: $(GATE_INPUT) $(CODE) | .venv/.serve-installed
	$(GATE)

build/.parquet: build/.validated data/parquet $(wildcard data/parquet/*.parquet)
	$(RUN) scripts.build_parquet
	touch $@

build/kz2018.db: build/.parquet
	$(RUN) scripts.build_sqlite

# All stamps stand for the one .venv: each lock holds all of the one before it, and syncing a smaller one drops what only
# the larger ones need.
.venv/.serve-installed: requirements-serve.txt .venv/bin/uv
	rm -f .venv/.test-installed .venv/.scale-installed
	$(SYNC) $<
	touch $@

.venv/.test-installed: requirements-test.txt requirements-serve.txt .venv/bin/uv
	rm -f .venv/.scale-installed
	$(SYNC) $<
	touch .venv/.serve-installed $@

.venv/.scale-installed: requirements-scale.txt requirements-test.txt requirements-serve.txt .venv/bin/uv
	$(SYNC) $<
	touch .venv/.serve-installed .venv/.test-installed $@

.venv/bin/uv: requirements-uv.txt .venv/bin/python
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	touch $@

# The link goes to the interpreter itself, not to a name like python3 that may come to mean another: once that Python is
# gone, so is this file.
.venv/bin/python:
	@[ ! -e .venv/bin/uv ] || { \
		echo "make: the Python that .venv was made with is gone: run 'make distclean', then the same again" >&2; exit 1; }
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "make: $(PYTHON) is not installed: install Python 3.11 or newer, or name one: PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
		echo "make: $(PYTHON) does not start or is older than 3.11: name another: PYTHON=python3.12" >&2; exit 1; }
	@echo "make: setting up .venv, which takes a minute or two the first time" >&2
	@"$$("$(PYTHON)" -c "import os, sys; print(os.path.realpath(sys.executable))")" -m venv --clear .venv
