# Two commands do everything: `make report` (the sample corpus) and `make test`.
.DELETE_ON_ERROR:
.PHONY: report test bench lint format clean setup system-packages browser

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
export PATH := $(CURDIR)/$(BIN):$(PATH)
export DVC_NO_ANALYTICS := 1
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false
# Installs Debian packages where it may (root and apt); elsewhere it says what is missing and goes on.
apt = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	(apt-get update -qq && apt-get install -y -qq $(1)) >/dev/null 2>&1 || echo "could not install $(1)"; \
	else echo "not installed: $(1) (install with your system's package manager)"; fi

report: setup system-packages            ## run every stage on the sample corpus
	$(BIN)/python -m pipeline.extract.tesseract corpora/tesseract.txt
	$(BIN)/dvc repro
	@echo "Report: $(CURDIR)/reports/site/index.html"

test: setup system-packages browser      ## lint, types and tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadscope

bench: setup system-packages             ## the long measurements
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,bench]"
	$(BIN)/python -m tests.bench

lint: setup
	$(BIN)/ruff check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .

setup: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@echo "Installing into $(VENV) (some minutes)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@

# OCR needs Tesseract with Danish; where it cannot be installed, scans are quarantined with the way to get it.
system-packages:
	@tesseract --list-langs 2>/dev/null | grep -qx dan || $(call apt,tesseract-ocr tesseract-ocr-dan)

# The report's browser tests need Chromium; without it they are skipped, saying so.
browser:
	@command -v chromium >/dev/null || $(call apt,chromium)

clean:
	rm -rf $(VENV) .memo .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build corpora/tables reports/site
