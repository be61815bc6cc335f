# Everything a person does with a checkout. Each target does the set-up that it needs itself
# (tools/setup.py: system packages, .venv, locked dependencies); the second time that is a look
# at one stamp file.
#
#   make run ARGS="file.pem …"     start the window
#   make test                      linters, type check and all tests
#   make test ARGS="tests/pki -x"  some of them
#   make bench ARGS="imports"      benchmarks, all or those named
#   make screenshots               the pictures in docs/images, by the real window
#   make translations              bring the translations to the texts of the window, and check them
#                                  (docs/decisions/translations.md)

# The first interpreter that is new enough; `make PYTHON=/path/to/python3.12 …` says which.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)
VENV := .venv/bin
ARGS ?=

# Servers that tests start (nginx) are installed where an ordinary PATH does not look.
export PATH := $(PATH):/usr/local/sbin:/usr/sbin:/sbin

.PHONY: run test lint format bench screenshots translations lock clean setup-run setup-test

run: setup-run
	@$(VENV)/python -m mtlsgui $(ARGS)

# loadfile: one file's fixtures (a server, a keyring daemon) are made once. A worker that aborts
# inside Qt is one failed test then, not the end of the run.
test: setup-test
	@$(VENV)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile $(ARGS)

lint: setup-test
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy

format: setup-test
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

bench: setup-test
	@$(VENV)/python -m benchmarks.run $(ARGS)

screenshots: setup-test
	@$(VENV)/python -m tests.gui.screenshots docs/images $(ARGS)

translations: setup-run
	@$(VENV)/python -m tools.translations update
	@$(VENV)/python -m tools.translations release
	@$(VENV)/python -m tools.translations check

# Newest versions that pyproject.toml allows, for every platform and Python we support.
lock: setup-test
	@$(VENV)/python tools/lock.py

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup-run setup-test: setup-%:
	@test -n "$(PYTHON)" || { echo "mtlsgui needs Python 3.11 or newer, as python3 on the PATH" \
		"or by 'make PYTHON=/path/to/python …'." >&2; exit 1; }
	@$(PYTHON) tools/setup.py $*
