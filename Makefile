# `make help` lists what there is. Everything sets itself up on a fresh Debian machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OFFICE := $(VENV)/.office
ENGINE := packages/xlwings-libreoffice
LIBREOFFICE ?= /usr/lib/libreoffice
CALC_TYPES := addin/reportkit_addin/sources/oxt/reportkit_functions
YARDSTICK := $(VENV)/conformance
SOURCES := src addin tests benchmarks soak packages docs
LOWEST := $(VENV)/lowest
INVENTORY := $(VENV)/inventory
AUDIT := $(VENV)/audit
RUNS ?= 350
SEED ?= 1
LOGS ?= 50,200,1000
MINUTES ?= 5

.DEFAULT_GOAL := help
.PHONY: help setup office demo test test-slow engine-test conformance conformance-lock lint types check format templates calc-types pictures docs site bench bench-scale soak fuzz walks audit sbom test-lowest lock dist fit clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml packages/xlwings-libreoffice/pyproject.toml
	@.ci/system-packages python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e . -e packages/xlwings-libreoffice
	@touch $@

$(OFFICE): $(READY) .ci/system-packages
	@.ci/system-packages libreoffice-calc python3-uno fonts-noto-cjk poppler-utils xvfb xauth xdotool imagemagick
	@touch $@

setup: $(READY) ## make the virtual environment from the lock file

office: $(OFFICE) ## install LibreOffice and what renders its pages (Debian packages)

demo: $(READY) ## make a demo branch in ./demo: logs, indicators, weekly reports; then says what to open
	$(BIN)/reportkit demo demo

test: $(OFFICE) ## run the tests (LibreOffice included)
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

test-slow: $(OFFICE) ## run the suites that take minutes
	$(BIN)/pytest -n 2 --dist loadfile -m slow

engine-test: $(OFFICE) ## run the tests of the LibreOffice engine
	$(BIN)/pytest packages/xlwings-libreoffice/tests -c packages/xlwings-libreoffice/pyproject.toml

$(YARDSTICK)/.ready: $(ENGINE)/conformance-requirements.txt
	@.ci/system-packages python3-venv libreoffice-calc python3-uno
	$(PYTHON) -m venv --clear $(YARDSTICK)
	$(YARDSTICK)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

conformance: $(YARDSTICK)/.ready ## run xlwings' own tests against the engine: make conformance XLWINGS=path/to/checkout
	$(if $(XLWINGS),,$(error Name a checkout of xlwings: make conformance XLWINGS=path))
	PYTHONPATH=$(CURDIR)/$(ENGINE)/src $(YARDSTICK)/bin/python -m xlwings_libreoffice.conformance "$(XLWINGS)"

conformance-lock: ## renew the pinned packages of make conformance (needs uv)
	cd $(ENGINE) && uv pip compile pyproject.toml --extra conformance --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url -q -o conformance-requirements.txt --custom-compile-command "make conformance-lock"

lint: $(READY) ## ruff: style and common mistakes
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: $(READY) ## mypy, strict
	$(BIN)/mypy
	cd $(ENGINE) && $(CURDIR)/$(BIN)/mypy

check: lint types test ## all that must pass before a commit

format: $(READY) ## put the code in the house's form
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

templates: $(READY) ## build workbook_templates/ again
	$(BIN)/python -m reportkit.workbooks workbook_templates

docs: $(READY) ## write docs/reference from the definitions
	$(BIN)/python docs/generate.py

calc-types: $(READY) ## build the type library of the functions in LibreOffice again (Debian: libreoffice-dev)
	@.ci/system-packages libreoffice-calc libreoffice-dev
	$(BIN)/python -m reportkit_addin.build.functions_calc > $(CALC_TYPES).idl
	$(LIBREOFFICE)/sdk/bin/unoidl-write $(LIBREOFFICE)/program/types.rdb $(LIBREOFFICE)/program/types/offapi.rdb \
	  $(CALC_TYPES).idl $(CALC_TYPES).rdb

site: $(READY) ## build the docs into ./site: no network is needed to build or to read it
	$(BIN)/python docs/site/build.py site

pictures: $(OFFICE) ## render the pictures of the README and the guides from a demo
	@.ci/system-packages chromium
	$(BIN)/python docs/pictures.py

bench: $(OFFICE) ## measure the bars of docs/benchmarks.md and write it
	$(BIN)/python -m benchmarks

bench-scale: $(READY) ## measure what many logs cost and write it into docs/scale.md: make bench-scale [LOGS=50,200,1000]
	$(BIN)/python -m benchmarks.scale --logs $(LOGS)

soak: $(READY) ## kill commands, fill the disk, damage files; write docs/reliability.md: make soak [RUNS=350] [SEED=1]
	$(BIN)/python -m soak --runs $(RUNS) --seed $(SEED)

fuzz: $(READY) ## read files and conditions nobody thought of: make fuzz [MINUTES=5]
	$(BIN)/python -m soak.fuzz --minutes $(MINUTES)

walks: $(READY) ## walk over the commands at random, all that must hold looked at after each step: make walks [MINUTES=5] [SEED=1]
	$(BIN)/python -m soak.walks --minutes $(MINUTES) --seed $(SEED)

test-lowest: ## run the suite, but for the slow and the office's, with the lowest versions pyproject.toml allows
	$(PYTHON) -m venv --clear $(LOWEST)
	$(LOWEST)/bin/pip install --quiet --disable-pip-version-check uv
	$(LOWEST)/bin/uv pip compile pyproject.toml --all-extras --group dev --resolution lowest-direct -q \
	  --python $(LOWEST)/bin/python -o $(LOWEST)/requirements.txt
	$(LOWEST)/bin/uv pip install -q --python $(LOWEST)/bin/python -r $(LOWEST)/requirements.txt
	$(LOWEST)/bin/uv pip install -q --python $(LOWEST)/bin/python --no-deps -e . -e $(ENGINE)
	$(LOWEST)/bin/python -m pytest -n 2 --dist loadfile -m "not slow and not office" --ignore tests/test_docs.py \
	  --deselect tests/workbooks/test_contents.py::test_the_templates_in_the_repository_are_these # made by the pinned XlsxWriter

audit: ## check the pinned dependencies against published advisories; one that cannot be looked up fails, too
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/pip install --quiet --disable-pip-version-check pip-audit
	$(AUDIT)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

$(INVENTORY)/.ready: .ci/inventory-requirements.txt
	$(PYTHON) -m venv --clear $(INVENTORY)
	$(INVENTORY)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

sbom: $(INVENTORY)/.ready ## list what runs with the program, as CycloneDX: dist/reportkit.cdx.json, the same bytes for the same lock
	@mkdir -p dist
	.ci/runtime-requirements | $(INVENTORY)/bin/python -W ignore -m cyclonedx_py requirements - --pyproject pyproject.toml \
	  --output-reproducible --output-format JSON --output-file dist/reportkit.cdx.json

lock: $(READY) ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --all-extras --group dev --group docs --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url -q -o requirements.lock --custom-compile-command "make lock"

dist: $(READY) ## build the wheels and sdists of both packages into dist
	for package in . packages/xlwings-libreoffice; do $(BIN)/python -m build --outdir dist "$$package" >/dev/null || exit 1; done

fit: ## install wheels and sdists into new environments of the oldest and newest Python here, and use them
	.ci/fit

clean: ## delete what was built
	rm -rf $(VENV) demo dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis
