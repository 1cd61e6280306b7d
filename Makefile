# Two commands matter: `make run` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

run: $(VENV)/.run          ## do the main job; with tokens in .env this is the real bot
	$(BIN)/mujaz run $(if $(ONCE),--once)

test: $(VENV)/.dev         ## the fast tests: no network, random order
	$(BIN)/pytest -n auto

check: $(VENV)/.dev        ## what CI checks beside the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

peers: $(VENV)/.peers $(VENV)/.npm  ## end to end, two at once since most wait, against other people's Telegram, Slack and databases
	$(BIN)/pytest -m peers --force-enable-socket -p no:randomly -n 2 --dist loadfile

corpus: $(VENV)/.dev       ## the engine's figures, where the annotated stories are (MUJAZ_CORPUS)
	$(BIN)/pytest -m corpus --exitfirst

bench: $(VENV)/.bench $(VENV)/.peers  ## timings, as ratios to a named peer in the same run
	$(BIN)/python -m tests.bench

$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e .
	touch $@
$(VENV)/.dev $(VENV)/.peers $(VENV)/.bench: $(VENV)/.%: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e ".[dev,$*]"
	touch $@

# The Slack workspace that the end-to-end tests talk to, and Slack's own types to judge what it is sent.
$(VENV)/.npm: $(VENV)/.peers
	@command -v npm >/dev/null || { echo "make peers needs npm (Node.js) for its Slack workspace"; exit 1; }
	npm install --silent --no-save --prefix $(VENV)/peers \
	  local-slack-linux-x64@0.1.8 @slack/types@3.2.0 ts-json-schema-generator@2.4.0
	touch $@

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache

.PHONY: run test check peers corpus bench clean
