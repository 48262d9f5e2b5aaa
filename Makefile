# Two commands do everything: `make run` and `make test`. Nothing is installed outside this folder
# (one exception: `make test` installs Chromium where the machine has none).

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe

.DEFAULT_GOAL := help
.PHONY: help run test sure voice lock translations clean everything bench screenshots conformance check-python

help:            ## What can be asked for
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

run: $(VENV)/run.done static/vendor/done translations/done build/voice/prompts.json   ## The kiosk with its simulator and demo data
	@$(BIN)/python -m kiosk.commands run

test: $(VENV)/dev.done static/vendor/done translations/done build/voice/prompts.json  ## Every check and test, browser walks included
	@$(BIN)/python -m tests.everything

sure: $(VENV)/dev.done static/vendor/done translations/done build/voice/prompts.json  ## The quick check: one case of each test of rules, words and patient pages
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports
	@$(BIN)/pytest -q -n 2 --dist loadfile --one-case --ignore=tests/unit/accessibility/test_prompts.py tests/house/test_words.py tests/house/test_kazakh.py tests/unit tests/pages/patient

everything: $(VENV)/dev.done static/vendor/done translations/done build/voice/prompts.json ## Every screen at every size, theme, language and glass: over an hour; a part with ONLY="kk 15.6 default /confirm"
	@KIOSK_EVERYTHING="$(or $(ONLY),all)" $(BIN)/pytest -v -n 2 --dist load --timeout 0 tests/walks/test_look.py -k test_every_s

screenshots: $(VENV)/dev.done static/vendor/done translations/done build/voice/prompts.json  ## The journey, drawn for the README
	@$(BIN)/python -m tests.screenshots

conformance: $(VENV)/dev.done ## The conformance report, from the results of the last `make test`
	@$(BIN)/python -m tests.conformance

bench: $(VENV)/dev.done static/vendor/done translations/done build/voice/prompts.json ## Measurements, as ratios
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.voice

lock:            ## Make the lock files anew
	$(LOCK) -o requirements.txt pyproject.toml
	$(LOCK) --extra browser -c requirements.txt -o requirements-browser.txt pyproject.toml
	$(LOCK) --extra dev --extra browser -c requirements.txt -o requirements-dev.txt pyproject.toml
	npm install --package-lock-only --omit=optional

translations:    ## Collect the sentences of code and templates into the catalogues
	$(BIN)/pybabel -q extract -F translations/babel.ini -k _ -k lazy_gettext -k lazy_pgettext:1c,2 --no-location --sort-output \
		--project=qabyldau --version=1 -o translations/messages.pot .
	$(BIN)/pybabel -q update -i translations/messages.pot -d translations --no-fuzzy-matching --ignore-obsolete

voice: build/voice/prompts.json ## A clip of every fixed sentence, in every language

clean:           ## Forget the environment and all demo data
	rm -rf $(VENV) node_modules static/vendor build var translations/done translations/*/LC_MESSAGES/*.mo

check-python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 is missing: install it first."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing (on Debian: python3-venv)."; exit 1; }

$(BIN)/python: | check-python
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements.txt | $(BIN)/python
	@echo "Installing the Python dependencies (about a minute) ..."
	@$(BIN)/pip install --disable-pip-version-check --no-input --progress-bar on --require-hashes -r requirements.txt | grep -E '^(Collecting|Downloading|Installing|Successfully)' || true
	@$(BIN)/python -c 'import flask, granian, sqlalchemy'
	@touch $@

$(VENV)/dev.done: requirements-dev.txt | $(BIN)/python
	@echo "Installing the Python dependencies and the tools of the tests (about two minutes) ..."
	@$(BIN)/pip install --disable-pip-version-check --no-input --require-hashes -r requirements-dev.txt | grep -E '^(Downloading|Installing|Successfully)' || true
	@$(BIN)/python -c 'import flask, granian, pytest, playwright'
	@touch $@ $(VENV)/run.done

static/vendor/done: package-lock.json requirements-browser.txt | $(BIN)/python
	@echo "Installing the browser's dependencies ..."
	@command -v npm >/dev/null || test -x $(BIN)/npm || $(BIN)/pip install --disable-pip-version-check -q --require-hashes -r requirements-browser.txt
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@mkdir -p static/vendor
	@cp node_modules/htmx.org/dist/htmx.min.js static/vendor/
	@for part in cyrillic cyrillic-ext latin; do cp node_modules/@fontsource-variable/golos-text/files/golos-text-$$part-wght-normal.woff2 static/vendor/golos-$$part.woff2; done
	@touch $@

translations/done: $(wildcard translations/*/LC_MESSAGES/messages.po) | $(VENV)/run.done
	@$(BIN)/pybabel -q compile -d translations
	@touch $@

# All that words come from; clips that are there are kept, so after the first time this takes a second.
SPOKEN := $(shell find templates kiosk/patient kiosk/accessibility kiosk/errors.py -name '*.html' -o -name '*.py')
build/voice/prompts.json: translations/done $(SPOKEN)
	@echo "Building the voice ..."
	@$(BIN)/python -m kiosk.commands voice
