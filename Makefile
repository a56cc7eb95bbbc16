# A thin face: `make lesson-2`, `make check`, `make test`. The work is done by build/interleave and by
# the scripts.

CC      ?= cc
CFLAGS  ?= -O2 -g
PROGRAM_CC := $(or $(INTERLEAVE_CC),clang)

packages := libuv jansson libxml-2.0 inih libdw libelf libxxhash
strict   := -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion
sources  := $(wildcard harness/*.c harness/engines/*.c harness/report/*.c)
objects  := $(sources:harness/%.c=build/harness/%.o)
linked   := $(patsubst harness/linked/%.c,build/linked/%.o,$(wildcard harness/linked/*.c))

.DELETE_ON_ERROR:
.PHONY: all setup check test bench lint format clean list doctor

all: build/interleave

setup:
	@scripts/setup

build/interleave: $(objects) $(linked) | setup
	@$(CC) $(CFLAGS) -o $@ $(objects) $$(pkg-config --libs $(packages))
	@echo "built $@"

build/harness/%.o: harness/%.c | setup
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(strict) $$(pkg-config --cflags $(packages)) -MMD -c $< -o $@

# Linked beside the programs under test: by their compiler, never instrumented, without lines of its own.
build/linked/%.o: harness/linked/%.c | setup
	@mkdir -p $(@D)
	@$(PROGRAM_CC) -O2 -g0 -std=gnu11 -D_GNU_SOURCE -fno-sanitize=all -fPIC -Wall -Wextra -Werror -MMD -c $< -o $@

-include $(objects:.o=.d) $(linked:.o=.d)

lesson-%: build/interleave
	@build/interleave lesson $*

check: build/interleave
	@build/interleave check

list doctor: build/interleave
	@build/interleave $@

clean:
	rm -rf build

bench: build/interleave
	@scripts/bench
