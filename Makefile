.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# What a person types as a topic is data: it goes to the program through the environment exactly as written,
# and never through a shell or a second expansion by make.
ifneq ($(origin TOPIC),undefined)
override TOPIC := $(value TOPIC)
export TOPIC
endif

# What the models of the environment need; a .env file is not looked at.
CLIENTS = $(if $(QUIZBOT_MODEL),$(VENV)/models) $(if $(findstring local:,$(QUIZBOT_MODEL)),$(VENV)/local)

.PHONY: help setup notes teachers models local gguf test-model try run test check check-lock faults bench lock format words messages reference clean

help: ## show what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

try: $(VENV)/core $(CLIENTS) ## play a quiz here, no token needed: make try TOPIC="photosynthesis"; WEB=1: in a browser
	@$(BIN)/quizbot try $(if $(WEB),--web)

setup: $(VENV)/core $(CLIENTS) ## set up what the bot needs, and start nothing

notes: $(VENV)/notes ## set up what makes quizzes from one's own notes, documents and web pages

teachers: $(VENV)/teachers ## set up what teachers need: files of other programs, Anki, print, pictures of results

models: $(VENV)/models ## set up what a language model needs that writes quizzes on any topic

run: $(VENV)/core $(VENV)/notes $(VENV)/teachers $(CLIENTS) ## run the bot on Telegram: QUIZBOT_TOKEN=... make run
	@$(BIN)/quizbot run

test: $(VENV)/dev ## run all tests
	$(BIN)/pytest -n 4 --dist loadgroup

local: $(VENV)/local ## set up what a model in a file needs

test-model: gguf $(VENV)/dev $(VENV)/local ## play quizzes on a real small model: make test-model GGUF=FILE
	QUIZBOT_TEST_GGUF="$(abspath $(GGUF))" $(BIN)/pytest -rs -s tests/generation/test_local_model.py \
	  tests/generation/answer_first/test_small_model.py tests/writing/test_on_a_small_model.py

gguf:
	@test -f "$(GGUF)" || { echo "Which model? make test-model GGUF=FILE.gguf" >&2; exit 2; }

check: $(VENV)/dev ## lint, types, import contracts, links in the docs, the Dockerfile, lock files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/python -m tests.check_links
	$(BIN)/hadolint Dockerfile
	@$(MAKE) --no-print-directory check-lock

check-lock: $(VENV)/dev
	$(BIN)/python -m tests.check_lock

faults: $(VENV)/dev ## kill everything at random and count what arrived
	QUIZBOT_TEST_KILLS=$${QUIZBOT_TEST_KILLS:-200} QUIZBOT_TEST_PRESSES=$${QUIZBOT_TEST_PRESSES:-10000} \
	  $(BIN)/pytest -n 4 --maxschedchunk 1 tests/faults

bench: $(VENV)/core ## measure answers a second; QUICK=1: in two minutes; BARS=1: fail when a bar is missed
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick) $(if $(BARS),--bars)

format: $(VENV)/dev ## put the code into the house's form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --quiet
lock: $(VENV)/dev ## write the lock files again after a change in pyproject.toml
	$(LOCK) --group build -o requirements/core.txt
	$(LOCK) --extra models -c requirements/core.txt -o requirements/models.txt
	$(LOCK) --extra models --extra local -c requirements/core.txt -c requirements/models.txt -o requirements/local.txt
	$(LOCK) --extra notes -c requirements/core.txt -c requirements/models.txt -o requirements/notes.txt
	$(LOCK) --extra teachers -c requirements/core.txt -c requirements/models.txt -c requirements/notes.txt -o requirements/teachers.txt
	$(LOCK) --extra models --extra notes --extra teachers --group dev -c requirements/core.txt \
	  -c requirements/models.txt -c requirements/notes.txt -c requirements/teachers.txt -o requirements/dev.txt

words: $(VENV)/dev ## bring the translations up to date with the code
	$(BIN)/pybabel -q extract -F locales/babel.ini --no-location --sort-output --project quizbot -o locales/quizbot.pot delivery handlers
	$(BIN)/pybabel -q update -i locales/quizbot.pot -d locales -D quizbot --no-fuzzy-matching --no-wrap --ignore-obsolete
	rm locales/quizbot.pot

reference: $(VENV)/dev ## write the pages again that are made from code and decks
	$(BIN)/python -m tests.reference_pages
	$(BIN)/python -m tests.decks_page

messages: $(VENV)/dev ## write the page of all messages again after a change in what the bot says
	$(BIN)/python -m tests.messages_page

clean: ## remove what was set up here
	rm -rf $(VENV) dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The bot needs Python 3.11 or newer; say which one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv is missing. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check
$(VENV)/core: requirements/core.txt pyproject.toml | $(BIN)/python
	@echo "Setting up in $(VENV) ..." >&2
	@$(INSTALL) --require-hashes -r requirements/core.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/models: requirements/models.txt $(VENV)/core
	@echo "Setting up the clients of language models in $(VENV) ..." >&2
	@$(INSTALL) --require-hashes -r requirements/models.txt
	@touch $@

$(VENV)/notes: requirements/notes.txt $(VENV)/core
	@echo "Setting up what reads notes and documents in $(VENV) ..." >&2
	@$(INSTALL) --require-hashes -r requirements/notes.txt
	@touch $@

$(VENV)/teachers: requirements/teachers.txt $(VENV)/core
	@echo "Setting up what teachers need in $(VENV) ..." >&2
	@$(INSTALL) --require-hashes -r requirements/teachers.txt
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/core | $(BIN)/python
	@$(INSTALL) --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/local: requirements/local.txt $(VENV)/dev
	@$(INSTALL) --require-hashes -r requirements/local.txt
	@touch $@
