# The four commands of the README. Each sets up what it needs first; the second time that takes no time.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= ../shared/bench
BIN = .venv/bin

.PHONY: setup run test bench check lint types floors tests widget format

setup:
	@$(PYTHON) deploy/setup.py

run: setup
	@exec $(BIN)/foyer serve --host $(HOST) --port $(PORT)

test:
	@$(PYTHON) deploy/setup.py --dev
	@$(MAKE) --no-print-directory check

check: lint types floors widget tests

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

floors:
	$(BIN)/lint-imports

widget:
	@if command -v npm >/dev/null; then cd widget && npm run --silent check; \
	elif [ -n "$$CI" ]; then echo "npm is missing: the widget can not be checked"; exit 1; \
	else echo "skipped: the widget's checks (npm is missing)"; fi

tests:
	$(BIN)/pytest -n 2 --dist loadfile

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench:
	@$(PYTHON) deploy/setup.py --dev
	$(BIN)/python -m benchmarks --data $(DATA) --only "$(ONLY)"
