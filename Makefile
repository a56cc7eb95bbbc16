# A thin face: `make lesson-2`, `make check`, `make test`. The work is done by build/interleave and by
# the scripts.

CC      ?= cc
CFLAGS  ?= -O2 -g
PROGRAM_CC := $(or $(INTERLEAVE_CC),clang)

packages := libuv jansson libxml-2.0 inih libdw libelf libxxhash libseccomp
strict   := -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion
# The rooms of the harness; linked/ and explorer/ go into the programs under test.
rooms    := commands desk drive engines gate grade picture report sandbox
sources  := $(filter-out harness/keeper_main.c,$(wildcard harness/*.c $(rooms:%=harness/%/*.c)))
objects  := $(sources:harness/%.c=build/harness/%.o) build/harness/picture/page.o build/harness/grade/page.o
page     := $(addprefix harness/picture/page/,story.js text.js lanes.js source.js figure.js words.js page.js)
# Linked beside the programs under test: by their compiler, never instrumented, without lines of its own,
# and with frames that a tool can walk across.
beside   := -O2 -g0 -std=gnu11 -D_GNU_SOURCE -fno-sanitize=all -fPIC -fno-omit-frame-pointer -fno-optimize-sibling-calls -Wall -Wextra -Werror
within   := $(beside) $(addprefix -iquote ,harness/explorer harness/explorer/driver harness/explorer/models)
linked   := $(patsubst harness/linked/%.c,build/linked/%.o,$(wildcard harness/linked/*.c)) build/linked/explorer.o
explorer := $(patsubst harness/%.c,build/%.o,$(wildcard harness/explorer/*.c $(filter-out harness/explorer/tsan/%,$(wildcard harness/explorer/*/*.c))))
# What ThreadSanitizer judges in the explorer's place when the two are compared, and what stands in for it.
judged   := $(addprefix build/explorer/,shadow.o leak.o $(addprefix models/,access.o atomic.o heap.o hidden.o memory.o releases.o order.o))
by_tsan  := $(patsubst harness/%.c,build/%.o,$(wildcard harness/explorer/tsan/*.c))

# The gate reads strangers' text, with the library of the compiler that their programs are made by.
clang_home    = $(shell cd "$$($(PROGRAM_CC) -print-resource-dir)/../../.." && pwd)
gate_packages := jansson
gate          := $(patsubst %.c,build/%.o,$(wildcard harness/gate/inside/*.c)) build/harness/text.o

# What stands between the harness and a program, as an executable of its own.
keeper_packages := jansson libdw libelf libseccomp
keeper := $(addprefix build/harness/,$(addsuffix .o,keeper_main keeper keeping observe waits tasks stacks symbols names source elf text fault \
    $(addprefix sandbox/,enter cell order landlock syscalls group)))

MAKEFLAGS += --jobs=$(shell nproc)

.DELETE_ON_ERROR:
.PHONY: all setup check grade gradescope test test-all test-class bench lint format clean list progress watch doctor docs compile_commands.json

all: build/interleave build/compile_commands.json

setup:
	@scripts/setup

build/interleave: $(objects) $(linked) build/interleave-gate build/interleave-keeper | setup
	@$(CC) $(CFLAGS) -o $@ $(objects) $$(pkg-config --libs $(packages))
	@echo "built $@"

build/interleave-gate: $(gate) | setup
	@$(CC) $(CFLAGS) -o $@ $(gate) $$(pkg-config --libs $(gate_packages)) -L$(clang_home)/lib -Wl,-rpath,$(clang_home)/lib -lclang
	@echo "built $@"

build/interleave-keeper: $(keeper) | setup
	@$(CC) $(CFLAGS) -o $@ $(keeper) $$(pkg-config --libs $(keeper_packages))
	@echo "built $@"

build/harness/gate/inside/%.o: harness/gate/inside/%.c Makefile | setup
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(strict) -isystem $(clang_home)/include $$(pkg-config --cflags $(gate_packages)) -MMD -MP -c $< -o $@

build/harness/%.o: harness/%.c Makefile | setup
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(strict) $$(pkg-config --cflags $(packages)) -MMD -MP -c $< -o $@

# The page of a picture is one file; what may run in it is told by its hash.
build/picture/page.html: harness/picture/page/page.html harness/picture/page/page.css $(page) Makefile
	@mkdir -p $(@D)
	@cat $(page) > build/picture/page.js
	@hash() { env printf "$$({ echo; cat "$$1"; } | sha256sum | cut -c-64 | sed 's/../\\x&/g')" | base64; }; \
	sed -e "s|@STYLE_HASH@|sha256-$$(hash harness/picture/page/page.css)|" -e "s|@SCRIPT_HASH@|sha256-$$(hash build/picture/page.js)|" \
	    -e '/^@STYLE@$$/{r harness/picture/page/page.css' -e 'd}' -e '/^@SCRIPT@$$/{r build/picture/page.js' -e 'd}' $< > $@

# The head of the pages of a grade book, which have no script.
build/grade/head.html: harness/grade/page/head.html harness/grade/page/style.css Makefile
	@mkdir -p $(@D)
	@hash=$$(env printf "$$({ echo; cat harness/grade/page/style.css; } | sha256sum | cut -c-64 | sed 's/../\\x&/g')" | base64); \
	sed -e "s|@STYLE_HASH@|sha256-$$hash|" -e '/^@STYLE@$$/{r harness/grade/page/style.css' -e 'd}' $< > $@

build/harness/grade/page.o: harness/grade/page.S build/grade/head.html | setup
	@mkdir -p $(@D)
	@$(CC) -c $< -o $@

build/harness/picture/page.o: harness/picture/page.S build/picture/page.html | setup
	@mkdir -p $(@D)
	@$(CC) -c $< -o $@

build/linked/%.o: harness/linked/%.c Makefile | setup
	@mkdir -p $(@D)
	@$(PROGRAM_CC) $(beside) -MMD -MP -c $< -o $@

# The explorer's runtime is one object. What it calls itself are the real functions, never the wrapped ones.
# A program may use its names for itself: none is known outside but those that the compiler and the linker call.
# Its code and data have sections of their own, by which they are told from the program's.
build/linked/explorer.o: $(explorer) harness/explorer/wrapped.def
	@mkdir -p $(@D)
	@sed -n 's/^WRAPPED(\(.*\))$$/\1 __real_\1/p' harness/explorer/wrapped.def > build/explorer/real.txt
	@ld -r -o build/explorer/all.o $(explorer)
	@objcopy --redefine-syms=build/explorer/real.txt $(foreach part,text data bss,--rename-section .$(part)=explorer_$(part)) --wildcard $(foreach name,__wrap_* __tsan_* __ubsan_* interleave_*,--keep-global-symbol='$(name)') build/explorer/all.o $@

# For tests only: the same scheduler above ThreadSanitizer's own runtime, whose functions for memory would
# take what the explorer does for accesses of the program.
build/linked/explorer_tsan.o: $(filter-out $(judged),$(explorer)) $(by_tsan)
	@mkdir -p $(@D)
	@ld -r -o build/explorer/all_tsan.o $^
	@nm build/explorer/all_tsan.o | sed -n 's/.* T __wrap_\(.*\)/\1 __real_\1/p' > build/explorer/real_tsan.txt
	@printf '%s\n' 'memcpy _ZN11__sanitizer15internal_memcpyEPvPKvm' 'memset _ZN11__sanitizer15internal_memsetEPvim' >> build/explorer/real_tsan.txt
	@objcopy --redefine-syms=build/explorer/real_tsan.txt build/explorer/all_tsan.o $@

build/explorer/%.o: harness/explorer/%.c Makefile | setup
	@mkdir -p $(@D)
	@$(PROGRAM_CC) $(within) -MMD -MP -c $< -o $@

-include $(objects:.o=.d) $(gate:.o=.d) $(keeper:.o=.d) $(linked:.o=.d) $(explorer:.o=.d) $(by_tsan:.o=.d)

lesson-%: build/interleave
	@build/interleave lesson $*

exercise-%: build/interleave
	@build/interleave exercise $*

explain-%: build/interleave
	@build/interleave explain $* $(FILE)

hint-%: build/interleave
	@build/interleave hint $* $(HINT)

drive-%: build/interleave
	@build/interleave drive $* $(if $(SCHEDULE),--schedule '$(SCHEDULE)')

solution-%: build/interleave
	@build/interleave solution $* $(if $(filter-out 0,$(FORCE)),--force)

reset-%: build/interleave
	@build/interleave reset $*

watch: build/interleave
	@build/interleave watch

watch-%: build/interleave
	@build/interleave watch $*

replay-%: build/interleave
	@build/interleave exercise $* --schedule '$(SCHEDULE)'

picture-%: build/interleave
	@build/interleave picture $* $(if $(SCHEDULE),--schedule '$(SCHEDULE)')

trace-%: build/interleave
	@build/interleave trace $* $(if $(SCHEDULE),--schedule '$(SCHEDULE)')

# SUBMISSIONS=dir, and OUT=, PRIVATE=, CONFIG=, LESSON=, RESUME=1, FRESH=1
grade: build/interleave
	@build/interleave grade $(if $(SUBMISSIONS),'$(SUBMISSIONS)') $(if $(OUT),--out '$(OUT)') \
	    $(if $(PRIVATE),--private '$(PRIVATE)') $(if $(CONFIG),--config '$(CONFIG)') $(if $(LESSON),--lesson $(LESSON)) \
	    $(if $(filter-out 0,$(RESUME)),--resume) $(if $(filter-out 0,$(FRESH)),--fresh)

check: build/interleave
	@build/interleave check

list progress doctor: build/interleave
	@build/interleave $@

clean:
	rm -rf build

bench: build/interleave
	@scripts/bench
	@scripts/bench-explorer
	@scripts/bench-strategies
	@scripts/bench-grade
	@scripts/bench-grade-memory

# An autograder for Gradescope: make gradescope LESSONS="7 8", and PRIVATE=, CONFIG=, LIMIT=, UNSAFE=1.
gradescope:
	@LESSONS='$(LESSONS)' PRIVATE='$(PRIVATE)' CONFIG='$(CONFIG)' LIMIT='$(LIMIT)' UNSAFE='$(UNSAFE)' scripts/gradescope-zip

docs: build/interleave
	@scripts/docs

# Of the large collections of programs below tests/ one of four is judged, and of the tests that take long one of four
# is run; SHARE=2/4 takes others, test-all all.
SHARE ?= 1/4
test: build/interleave
	@scripts/setup test
	@SHARE=$(SHARE) bats --tap --timing tests

test-all:
	@$(MAKE) --no-print-directory test SHARE=1/1

# A class of 200, graded, killed twice and resumed; `make test` takes a smaller one.
test-class: build/interleave
	@scripts/setup test
	@SIZE=200 SEEDS=1,2,3 bats --tap --timing tests/class.bats

# What needs daemons or another system, as root: no part of `make test`.
test-slurm test-parallel: test-%: build/interleave
	@scripts/setup test $(if $(filter slurm,$*),slurm,parallel sshd)
	@bats --tap --timing tests/$*

test-gradescope test-classroom test-cgroup: test-%:
	@scripts/setup debian
	@scripts/fresh-debian tests/$*/inside

# How every file is compiled, for editors and clang-tidy: clangd looks in build/ by itself.
compile_commands.json: build/compile_commands.json
build/compile_commands.json: build/interleave Makefile $(wildcard lessons/*/lesson.ini)
	@{ build/interleave flags && \
	   build/interleave flags --cflags "$(CFLAGS) $(strict) $$(pkg-config --cflags $(packages))" $(sources) harness/keeper_main.c && \
	   build/interleave flags --cflags "$(CFLAGS) $(strict) -isystem $(clang_home)/include" $(wildcard harness/gate/inside/*.c) && \
	   build/interleave flags --cflags "$(beside)" $(wildcard harness/linked/*.c) && \
	   build/interleave flags --cflags "$(within)" $(wildcard harness/explorer/*.c harness/explorer/*/*.c); } > $@.lines
	@{ echo '['; sed '$$!s/$$/,/' $@.lines; echo ']'; } > $@

c_files := $(sources) harness/keeper_main.c $(wildcard harness/*.h $(rooms:%=harness/%/*.h) harness/gate/inside/*.[ch] harness/linked/*.[ch] harness/explorer/*.[ch] harness/explorer/*/*.[ch])

format:
	@scripts/setup lint
	@clang-format -i $(c_files)

lint: build/compile_commands.json
	@scripts/setup lint
	@clang-format --dry-run --Werror $(c_files)
	@clang-tidy -p build --quiet $(sources) $(wildcard harness/gate/inside/*.c)
	@shellcheck $(shell grep -lr '^#!/usr/bin/env bash' scripts tests .ci)
