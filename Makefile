# make pack   set up this machine where needed, then build source/ into dist/
# make test   the same set-up, then every check; PDF=no leaves the PDF tests out on purpose
# make quick  lint, types and the tests that take half a minute together
# make hostile  every hostile case and fault, of which make test runs a part
# make fuzz   looks for inputs that break the program, for SECONDS (60)
# make bench  how long a build takes and how much memory it wants
# make audit  licences of what ships, and known vulnerabilities where a database can be reached
# make pins   resolve requirements/ anew (needs uv)
# make clean  remove what builds and tests leave behind, but not .venv
SOURCE ?= source
OUT ?= dist
SECONDS ?= 60
export PDF

# Homebrew's libraries are not where dlopen looks, and macOS takes this variable away from make's
# shell, so that it has to stand before each command. Untried.
ifeq ($(shell uname),Darwin)
BREW = DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib:/usr/lib
endif

.PHONY: pack test quick hostile fuzz bench audit pins clean
pack:
	@bash scripts/setup runtime
	@$(BREW) .venv/bin/studypack build "$(SOURCE)" --out "$(OUT)"

test:
	@bash scripts/setup dev
	@bash scripts/check

quick:
	@bash scripts/setup dev
	@bash scripts/quick

hostile:
	@bash scripts/setup dev
	@.venv/bin/python -m pytest -n 2 --dist worksteal -m "hostile or not hostile" tests/hostile

fuzz:
	@bash scripts/setup dev
	@.venv/bin/python -m tests.hostile.fuzz "$(SECONDS)"

bench:
	@bash scripts/setup dev
	@$(BREW) .venv/bin/python -m tests.bench "$(SOURCE)"

audit:
	@bash scripts/setup runtime
	@.venv/bin/python scripts/audit.py

pins:
	@bash scripts/pins

clean:
	@find dist -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find exporter tests -name __pycache__ -type d -prune -exec rm -rf {} +
