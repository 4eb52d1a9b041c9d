# The two commands: `make run` (the demo site at http://127.0.0.1:8080) and `make test` (all checks and tests).
.PHONY: run test chaos compiled lint generate gallery bench clean
SHELL := /bin/sh
BIN := .venv/bin

run:
	@tools/setup.sh run
	@$(BIN)/consult demo --serve

test:
	@tools/setup.sh test
	@$(MAKE) --no-print-directory lint
	@seed=$$(od -An -N2 -tu2 /dev/urandom | tr -d ' '); echo "test: pytest, two processes, PYTHONHASHSEED=$$seed"; \
	PYTHONHASHSEED=$$seed $(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser --ignore tests/chaos
	@echo "test: pytest, browsers, which wait for each other more than they work"
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser
	@echo "test: pytest, faults, which need the machine for themselves"
	@$(BIN)/python -m pytest tests/chaos

chaos:
	@CONSULT_CHAOS=long $(BIN)/python -m pytest tests/chaos --timeout 300

compiled:
	@CONSULT_COMPILE=1 $(BIN)/python -m pytest tests/unit/nlp/test_compiled.py

lint:
	@echo "test: ruff"; $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "test: mypy --strict"; $(BIN)/mypy --strict consult
	@echo "test: import-linter"; $(BIN)/lint-imports --no-cache | tail -n 12

gallery:
	@PYTHONPATH=. $(BIN)/python tools/gallery.py

generate:
	@$(BIN)/python tools/generate.py
	@$(BIN)/python tools/needs.py

bench:
	@for file in $$(ls bench/[a-z]*.py | grep -v corpora); do echo "== $$file"; $(BIN)/python $$file || exit 1; done

clean:
	rm -rf .venv web/node_modules web/.vite consult/static/app demo-site
