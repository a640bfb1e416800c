# The four commands of the README. Each sets up what it needs first; the second time that takes no time.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= ../shared/bench
BIN = .venv/bin

# What must hold with a language model as without one: turns, their order, leads and what is told of them.
WITH_MODEL = tests/service/test_conversation.py tests/service/test_same_message.py tests/service/test_cards.py \
	tests/service/test_lead_is_told.py

.PHONY: setup run test bench check lint types floors tests with-model widget format

setup:
	@$(PYTHON) deploy/setup.py

run: setup
	@exec $(BIN)/foyer serve --host $(HOST) --port $(PORT)

test:
	@$(PYTHON) deploy/setup.py --dev
	@$(MAKE) --no-print-directory check

check: lint types floors widget tests with-model

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

with-model: with-model-quoting with-model-silent

with-model-%:
	FOYER_TEST_MODEL=$* $(BIN)/pytest -n 2 --dist loadfile -k "not postgres" $(WITH_MODEL)

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench:
	@$(PYTHON) deploy/setup.py --dev
	$(BIN)/python -m benchmarks --data $(DATA) --only "$(ONLY)" $(if $(QUICK),--quick)
