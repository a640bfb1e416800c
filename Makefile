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
	@$(call looked_at_twice,)

with-model: with-model-quoting with-model-silent

with-model-%:
	@export FOYER_TEST_MODEL=$*; $(call looked_at_twice,-k "not postgres" $(WITH_MODEL))

# What fails beside other tests on a busy machine is looked at once more, alone: what holds then was short of time.
define looked_at_twice
$(BIN)/pytest -n 2 --dist loadfile $(1) || { \
	[ $$? -eq 1 ] || exit 1; \
	echo "Once more, alone: what failed. What passes now was short of time, or fails now and then: look at it."; \
	$(BIN)/pytest -n 0 --last-failed --last-failed-no-failures none $(1); }
endef

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench:
	@$(PYTHON) deploy/setup.py --dev
	$(BIN)/python -m benchmarks --data $(DATA) --only "$(ONLY)" $(if $(QUICK),--quick)
