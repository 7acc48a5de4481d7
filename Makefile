# Needs Python 3.11 or later with pip; neither uv, nor root, nor the ensurepip that Debian takes out of python3 -m venv.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo test test-slow test-stores score bench bench-rebuild bench-growth bench-jobs bench-stages bench-queries ontology clean

demo: $(VENV)/kg  ## build the graph of seeds/ into out/
	$(BIN)/kg build seeds -o out
	@echo && echo "Open $(CURDIR)/out/graph.html in a browser."

test: $(VENV)/dev  ## the tests, the linter and the type checker
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

test-slow: $(VENV)/dev  ## what takes long: builds killed 200 times, servers under attack, triple stores, clusters
	$(BIN)/python -m pytest -m slow

test-stores: $(VENV)/dev  ## the named queries and kg push in every triple store that can be had here, unpacked into .engines/
	tools/get_engines.sh .engines
	$(BIN)/python -m pytest -m "" -rs tests/test_stores.py tests/test_push.py

GOLD ?= $(filter-out %/identity.jsonl,$(wildcard tests/gold/*.jsonl))
score: $(VENV)/dev  ## how right it is on gold: make score GOLD=my.jsonl
	$(BIN)/kg score $(GOLD)
	$(BIN)/kg score --identity tests/gold/identity.jsonl

bench: $(VENV)/dev  ## how fast it is: bench-stages, then bench-queries
	$(BIN)/python tools/bench.py $(TEXTS)
	$(BIN)/python tools/bench_queries.py $(GRAPH)

bench-stages: $(VENV)/dev  ## the extraction, stage by stage: make bench-stages TEXTS=folder
	$(BIN)/python tools/bench.py $(TEXTS)

bench-rebuild: $(VENV)/dev  ## how much quicker a build is with one article added: make bench-rebuild TEXTS=file
	$(BIN)/python tools/bench_rebuild.py $(TEXTS)

bench-growth: $(VENV)/dev  ## how time and memory grow with the number of articles: make bench-growth SIZES="100 1000 10000 100000"
	$(BIN)/python tools/bench_growth.py $(SIZES)

bench-jobs: $(VENV)/dev  ## how much quicker two processes are than one: make bench-jobs TEXTS=file
	$(BIN)/python tools/bench_jobs.py $(TEXTS)

bench-queries: $(VENV)/dev  ## the named queries in the store and in rdflib, on a million triples (built in .bench/) or on GRAPH=OUT
	$(BIN)/python tools/bench_queries.py $(GRAPH)

ontology: $(VENV)/kg  ## the vocabulary as a page to read: out/ontology.html
	$(BIN)/kg ontology -o out/ontology.html

clean:  ## all that make made
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .engines .bench

$(BIN)/python:
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/kg: $(BIN)/python pyproject.toml ontology.ttl $(shell find kg -type f -not -name '*.pyc')
	$(PYTHON) -m pip --python $(BIN)/python install --quiet .
	@touch $@

$(VENV)/dev: $(BIN)/python pyproject.toml
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --editable '.[dev]'
	@touch $@

.PHONY: bench-view picture
bench-view: $(VENV)/dev  ## how soon the page's picture is at rest in a browser, beside plain pyvis
	$(BIN)/python tools/bench_view.py

.PHONY: bench-follow
bench-follow: $(VENV)/dev  ## what following links costs, and networkx's backends: make bench-follow GRAPH=OUT
	$(BIN)/python tools/bench_follow.py $(or $(GRAPH),out)

picture: $(VENV)/dev  ## docs/images/seed.png, the picture of the README
	$(BIN)/python tools/picture.py
