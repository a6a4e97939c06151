# Friender's commands. `make` alone lists them. Settings (FRIENDER_…) are taken from the environment, as everywhere.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.PHONY: help demo web test soak fuzz check postgres deny schema openapi settings clean-data

help: ## list these commands
	@echo "Friender"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

# The dev profile: it builds in less than half the time of a release build, and what would be slow without
# optimisation (pictures, password hashes) is optimised in it as well. See [profile.dev] in Cargo.toml.
demo: ## everything: set up, build, seed people, serve on http://127.0.0.1:8080 (ARGS="--addr HOST:PORT")
	@$(if $(findstring --no-web,$(ARGS)),,scripts/web --if-can)
	@scripts/with-parts sh -c 'cargo build $$FEATURES && exec cargo run --quiet $$FEATURES -- demo $(ARGS)'

web: ## build the web app into web/dist (needs Node 20.19 or newer); a release built afterwards carries it inside
	@scripts/web && echo "Built: web/dist"

test: ## all tests, on a private PostgreSQL of their own (ARGS="deck" runs those whose names match)
	@scripts/with-parts --own-cluster scripts/test-parts sh -c \
		'exec cargo run --quiet $$FEATURES --example test_cluster -- cargo test $$FEATURES $(ARGS)'

soak: ## kills, restarts and overload of a release build for many minutes; prints figures (ARGS="overload" runs one of them)
	@scripts/with-parts --own-cluster sh -c \
		'cargo build --quiet --release $$FEATURES && \
		export FRIENDER_TEST_PROGRAM="$${CARGO_TARGET_DIR:-$(CURDIR)/target}/release/friender" && \
		exec cargo run --quiet $$FEATURES --example test_cluster -- \
		cargo test $$FEATURES --test it -- --ignored --nocapture --test-threads 1 soak::$(ARGS)'

fuzz: ## bytes that nobody planned for, for 600 s each (ARGS="images tags" only these; FOR=60 other seconds)
	@scripts/fuzz $(or $(FOR),600) $(ARGS)

check: ## formatting and lints, as CI demands them
	cargo fmt --all --check
	@features=$$(scripts/needs) && set -x && cargo clippy --all-targets $$features -- -D warnings

postgres: ## get PostgreSQL's server programs if there are none (no system service)
	@data=$$(scripts/data-dir) && \
		FRIENDER_DATA_DIR=$$data FRIENDER_PG_BIN=$$(scripts/setting FRIENDER_PG_BIN) scripts/postgres get

deny: ## licences, bans and sources of all dependencies
	@scripts/deny

schema: ## write src/db/schema.rs from the migrations
	@scripts/with-parts --own-cluster scripts/schema

openapi: ## write api/openapi.json from the code, and the Insomnia collection from that
	@mkdir -p api target
	@features=$$(scripts/needs) && cargo run --quiet $$features -- openapi >target/openapi.json
	@mv target/openapi.json api/openapi.json && echo "Written: api/openapi.json"
	@node api/insomnia/generate.mjs && echo "Written: api/friender.insomnia.yaml"

settings: ## write .env.example and the README's table of settings from the code
	@mkdir -p target
	@features=$$(scripts/needs) && \
		cargo run --quiet $$features -- config --example >target/env.example && \
		cargo run --quiet $$features -- config --markdown >target/settings.md
	@awk 'FNR == NR { table = table $$0 "\n"; next } /<!-- \/settings -->/ { inside = 0 } !inside { print } \
		/<!-- settings -->/ { printf "%s", table; inside = 1 }' target/settings.md README.md >target/README.md
	@mv target/env.example .env.example && mv target/README.md README.md && \
		echo "Written: .env.example and the table in README.md"

clean-data: ## remove the data folder's accounts, photos and keys (asks first; YES=1 doesn't)
	@scripts/clean-data
