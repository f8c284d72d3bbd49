# annals: build, check, install. `make help` lists the targets.
#
# Everything built goes below build/: build/VARIANT/ holds objects, libannals.a and the programs of
# one variant (release, debug, sanitize, separate, coverage, fuzz); build/share/annals is the data
# folder that an uninstalled annals uses.

VERSION := 0.1.0
VARIANT ?= release
PREFIX  ?= /usr/local
LIBRARY_FOLDER ?= lib
DESTDIR ?=
BUILD   := build/$(VARIANT)
SHARE   := build/share/annals

CC      ?= gcc
PACKAGES := sqlite3 jansson libutf8proc gumbo libxml-2.0 libarchive uchardet libsodium shapelib gmime-3.0 \
            libmicrohttpd libcurl libnats zlib
# A record in PostgreSQL is there where its library is.
ifneq ($(shell pkg-config --exists libpq && echo yes),)
PACKAGES += libpq
WITH_POSTGRESQL := -DANNALS_POSTGRESQL
endif
PACKAGE_FLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null) $(WITH_POSTGRESQL)
PACKAGE_LIBS  := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

WARNINGS := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wno-missing-field-initializers
CFLAGS_release  := -O2 -g -flto=auto -ffat-lto-objects -fno-semantic-interposition
CFLAGS_debug    := -O0 -g3
CFLAGS_sanitize := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer \
                   -fno-sanitize-recover=all -DARENA_SEPARATE
CFLAGS_shared   := -O2 -g -fPIC -fno-semantic-interposition
CFLAGS_thread   := -O1 -g -fsanitize=thread
CFLAGS_coverage := -O0 -g --coverage
# clang alone warns of a long literal within a list.
CFLAGS_fuzz     := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -DARENA_SEPARATE -Wno-string-concatenation
# Sums must not depend on how a compiler contracts them: same input, same bytes.
CFLAGS_ALL = -std=c17 $(WARNINGS) -ffp-contract=off -fvisibility=hidden -Iinclude -Isrc \
             -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -include src/bytes/banned.h -DANNALS_VERSION='"$(VERSION)"' \
             $(PACKAGE_FLAGS) $(CFLAGS_$(VARIANT)) $(CPPFLAGS) $(CFLAGS)
LIBS = $(LDFLAGS) $(PACKAGE_LIBS) -lm -lpthread
# Only the program is optimised over all its parts; tests and trainer link what is compiled already.
PLAIN_LINK := $(if $(filter release,$(VARIANT)),-fno-lto)
ifeq ($(VARIANT),fuzz)
CC := clang
endif

FOLDERS := bytes classifiers dictionary document fetch formats intake language meaning pipeline queue record \
           render serve
LIBRARY_SOURCES := $(sort $(wildcard $(FOLDERS:%=src/%/*.c))) src/annals.c $(sort $(wildcard src/annals_*.c))
TRAIN_SOURCES   := $(sort $(wildcard src/train/*.c))
CLI_SOURCES     := $(sort $(wildcard cli/*.c))
TEST_SOURCES    := $(sort $(wildcard tests/unit/*.c))
SHOW_SOURCES    := tests/cases.c $(sort $(wildcard tests/show/*.c))

object = $(patsubst %.c,$(BUILD)/objects/%.o,$(1))
LIBRARY := $(BUILD)/libannals.a
PROGRAM := $(BUILD)/annals
TRAINER := $(if $(TRAIN_SOURCES),$(BUILD)/annals-train)
TESTS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(TEST_SOURCES))
AR := $(if $(filter fuzz,$(VARIANT)),ar,gcc-ar)

.PHONY: hosts reviewers bench-workers simulate page replay fuzzers all help demo setup data check quick unit cases scores golden bench bench-page scale scale-reports install uninstall dist \
        clean tidy clang format layers fault faults coverage memcheck races fuzz shared deb deb-test
all: $(PROGRAM) $(TRAINER) data

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

# ------------------------------------------------------------------ compiling
$(BUILD)/objects/%.o: %.c
	@mkdir -p $(@D)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

# Kernels are written for the vectoriser; the rest is not helped by it.
$(BUILD)/objects/src/classifiers/%.o: CFLAGS += -O3
$(BUILD)/objects/src/train/%.o: CFLAGS += -O3 $(TRAIN_FLAGS)
# The fuzzer learns nothing from the counts of a matrix product, and spends four fifths of its time on them.
ifeq ($(VARIANT),fuzz)
$(BUILD)/objects/src/classifiers/%.o: CFLAGS += -fno-sanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp,inline-8bit-counters,pc-table
endif
# Training is no filter: it may use all that this machine has.
TRAIN_FLAGS := -march=native -mprefer-vector-width=512 -ffp-contract=fast -fno-math-errno \
               -fno-trapping-math -fno-signed-zeros -fassociative-math

SCHEMA := $(sort $(wildcard src/record/schema/*.sql))
SCHEMA_POSTGRESQL := $(sort $(wildcard src/record/schema/postgresql/*.sql))
SCHEMA_POSTGRESQL_OWN := $(sort $(wildcard src/record/schema/postgresql/own/*.sql))
$(BUILD)/generated/record_schema.c: tools/embed-schema $(SCHEMA) $(SCHEMA_POSTGRESQL) $(SCHEMA_POSTGRESQL_OWN)
	@mkdir -p $(@D)
	tools/embed-schema record_schema $(SCHEMA) > $@
	tools/embed-schema postgresql_schema $(SCHEMA_POSTGRESQL) >> $@
	tools/embed-schema postgresql_arrangement $(SCHEMA_POSTGRESQL_OWN) >> $@

$(BUILD)/objects/record_schema.o: $(BUILD)/generated/record_schema.c
	@mkdir -p $(@D)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) -c $< -o $@

WORDS := models/en/words.tsv
$(BUILD)/generated/common_words.c: tools/embed-words $(WORDS)
	@mkdir -p $(@D)
	tools/embed-words $(WORDS) > $@

$(BUILD)/objects/common_words.o: $(BUILD)/generated/common_words.c
	@mkdir -p $(@D)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) -c $< -o $@

GENERATED := $(BUILD)/objects/record_schema.o $(BUILD)/objects/common_words.o
$(LIBRARY): $(call object,$(LIBRARY_SOURCES)) $(GENERATED)
	@rm -f $@
	@echo "  $(@F)"; $(AR) rcs $@ $^

$(PROGRAM): $(call object,$(CLI_SOURCES)) $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $^ $(LIBS) -o $@

$(BUILD)/annals-train: $(call object,$(TRAIN_SOURCES)) $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $^ $(LIBS) -o $@

$(BUILD)/tests/%: $(BUILD)/objects/tests/unit/%.o $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $^ -lcmocka $(LIBS) -o $@

$(BUILD)/cases: $(call object,$(SHOW_SOURCES)) $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $^ $(LIBS) -o $@

# The shared library's objects are apart: VARIANT=shared. Its soname changes with the first number of
# the version, and while that is 0 with the second.
SONAME := libannals.so.$(basename $(VERSION))
$(BUILD)/libannals.so.$(VERSION): $(call object,$(LIBRARY_SOURCES)) $(GENERATED)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) -shared -Wl,-soname,$(SONAME) -Wl,--no-undefined $^ $(LIBS) -o $@

shared: $(BUILD)/libannals.so.$(VERSION)

-include $(shell find $(BUILD)/objects -name '*.d' 2>/dev/null)

FUZZERS := $(patsubst tests/fuzz/%.c,%,$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
FUZZ_PROGRAMS := $(FUZZERS:%=$(BUILD)/fuzz/%)
$(BUILD)/fuzz/%: $(BUILD)/objects/tests/fuzz/%.o $(if $(filter fuzz,$(VARIANT)),,$(BUILD)/objects/tests/fuzz/replay.o) $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  fuzz/$(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer) $^ $(LIBS) -o $@

$(BUILD)/bench: $(BUILD)/objects/tests/bench/stages.o $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $^ $(LIBS) -o $@

$(BUILD)/scale: $(BUILD)/objects/tests/scale/bench.o $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $^ $(LIBS) -o $@

$(BUILD)/texts: $(BUILD)/objects/tests/scale/texts.o $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $^ $(LIBS) -o $@

$(BUILD)/bench-gazetteer: $(BUILD)/objects/tests/bench/gazetteer.o $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $^ $(LIBS) -o $@

$(BUILD)/allocation: $(BUILD)/objects/tests/fault/allocation.o $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $^ -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc $(LIBS) -o $@

$(BUILD)/power-cut: $(BUILD)/objects/tests/fault/power_cut.o $(LIBRARY)
	@echo "  $(notdir $@)"; $(CC) $(CFLAGS_ALL) $(PLAIN_LINK) $^ $(LIBS) -o $@

# Loaded into any program before the C library: no flags of the variant, no sanitizer.
$(BUILD)/fault-shim.so: tests/fault/shim.c
	@mkdir -p $(@D)
	@echo "  $(notdir $@)"; $(CC) -std=c17 -O1 -Wall -Wextra -Werror -fPIC -shared $< -o $@ -ldl

# What tests/scripts/faults.sh needs.
faults: $(BUILD)/power-cut $(BUILD)/fault-shim.so

# ------------------------------------------------------------------ data
## make setup      install what is missing (Debian and npm packages), build the gazetteer
setup:
	tools/setup

data: $(SHARE)/dictionaries $(SHARE)/gazetteer.bin $(SHARE)/page/index.html
$(SHARE)/dictionaries:
	@mkdir -p $(SHARE)
	@ln -sfn $(CURDIR)/dictionaries $(SHARE)/dictionaries
	@ln -sfn $(CURDIR)/models $(SHARE)/models

# Made by the release program, whatever the variant.
$(SHARE)/gazetteer.bin: dictionaries/world/places.tsv src/meaning/gazetteer_file.h \
    src/meaning/gazetteer_names.c src/meaning/gazetteer_import.c src/meaning/gazetteer_builder.c \
    | $(if $(filter release,$(VARIANT)),$(PROGRAM))
ifneq ($(VARIANT),release)
	$(MAKE) VARIANT=release build/release/annals
endif
	tools/build-gazetteer build/release/annals $@

## make page       build the page of `annals serve` into the data folder (npm)
PAGE_SOURCES := $(sort $(wildcard page/src/*)) page/index.html page/build.mjs page/tsconfig.json
page: $(SHARE)/page/index.html
page/node_modules/.installed: page/package-lock.json
	@# Not npm ci: it refuses a lock file in which a registry lacks another system's optional part.
	cd page && npm install --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
$(SHARE)/page/index.html: page/node_modules/.installed $(PAGE_SOURCES)
	@echo "  page"; cd page && node build.mjs $(CURDIR)/$(SHARE)/page

## make demo       set up, build, read the examples, print a timeline, write the map
demo: setup
	$(MAKE) all
	tools/demo $(PROGRAM)

# ------------------------------------------------------------------ checking
## make check      everything that must hold: layers, sizes, tests, sanitizers
check:
	tools/check

## make quick      unit tests and cases of one variant (VARIANT=debug for the shortest loop)
quick: unit cases
unit: $(TESTS) data
	tools/run-tests $(BUILD) unit
cases: $(BUILD)/cases data
	$(BUILD)/cases $(SHARE) tests/cases

## make golden     rewrite the expected parts of tests/cases, and tests/golden; read the diff
golden: $(BUILD)/cases $(BUILD)/tests/render_test $(BUILD)/tests/control_test data
	$(BUILD)/cases --rewrite $(SHARE) tests/cases
	ANNALS_GOLDEN=rewrite $(BUILD)/tests/render_test
	ANNALS_GOLDEN=rewrite $(BUILD)/tests/control_test

## make fault      each allocation fails in turn (VARIANT=sanitize shows leaks)
fault: $(BUILD)/allocation data
	$(BUILD)/allocation $(SHARE)

## make replay     every fuzz target over its saved inputs
replay: $(FUZZ_PROGRAMS) data
	@for target in $(FUZZERS); do \
	  ANNALS_DATA=$(SHARE) $(BUILD)/fuzz/$$target tests/fuzz/corpus/$$target || exit 1; done

## make fuzz       libFuzzer on every target, TIME seconds each (needs clang)
TIME ?= 60
fuzz:
	$(MAKE) VARIANT=fuzz fuzzers
	@for target in $(FUZZERS); do mkdir -p build/fuzz/found/$$target; \
	  ANNALS_DATA=$(SHARE) UBSAN_OPTIONS=halt_on_error=1 build/fuzz/fuzz/$$target -max_total_time=$(TIME) -max_len=20000 -timeout=20 \
	    -rss_limit_mb=2048 -artifact_prefix=build/fuzz/found/$$target- \
	    build/fuzz/found/$$target tests/fuzz/corpus/$$target || exit 1; done
fuzzers: $(FUZZ_PROGRAMS) data

## make memcheck   a short life of a record under valgrind
memcheck: all
	tools/memcheck $(PROGRAM)

## make races      the pipeline under the thread sanitizer
races:
	$(MAKE) VARIANT=thread build/thread/annals
	sh tests/scripts/pipeline.sh build/thread/annals
	sh tests/scripts/interrupt.sh build/thread/annals

## make coverage   line coverage of src/ by the whole test suite
coverage:
	tools/coverage

layers:
	tools/check-layers

## make tidy       clang-tidy over each source that changed, cppcheck over all (docs/reliability.md)
# clang knows not every flag of gcc; those of warnings do not matter here.
TIDY_SOURCES := $(LIBRARY_SOURCES) $(TRAIN_SOURCES) $(CLI_SOURCES)
TIDY_FLAGS = -std=c17 -Iinclude -Isrc -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
             -include src/bytes/banned.h -DANNALS_VERSION='"$(VERSION)"' $(PACKAGE_FLAGS)
tidy: $(TIDY_SOURCES:%=build/tidy/%.ok)
	cppcheck --quiet -j2 --std=c17 --enable=warning,portability,performance --inline-suppr \
	  --suppressions-list=tools/cppcheck.txt --error-exitcode=1 -Iinclude -Isrc \
	  -D_POSIX_C_SOURCE=200809L --include=src/bytes/banned.h src cli
build/tidy/%.ok: % .clang-tidy
	@mkdir -p $(@D)
	@echo "  tidy $<"; clang-tidy --quiet $< -- $(TIDY_FLAGS) 2>/dev/null && touch $@

# clang warns of what gcc lets through, and the fuzz targets are built by it: nothing is made here.
clang:
	@command -v clang >/dev/null || { echo "no clang here; 0 passed, 0 failed"; exit 0; }; \
	printf '%s\n' $(TIDY_SOURCES) $(wildcard tests/fuzz/*.c) | xargs -P2 -n16 clang -fsyntax-only $(WARNINGS) \
	  -Wno-string-concatenation $(TIDY_FLAGS) && echo "1 passed, 0 failed"

## make format     format every source with clang-format
format:
	clang-format -i $(LIBRARY_SOURCES) $(TRAIN_SOURCES) $(CLI_SOURCES) $(TEST_SOURCES) \
	  $(SHOW_SOURCES) $(shell find src include cli tests -name '*.h')

## make scores     measure accuracy with ../shared/eval and rewrite tests/scores.csv
scores: all
	tools/score $(PROGRAM)

## make bench      speed and memory by stage
bench: all $(BUILD)/bench $(BUILD)/texts
	tools/bench $(BUILD)

## make scale      the record at CLAIMS claims (curve), 50 orders of reports, 200 kills
CLAIMS ?= 10000 100000 1000000
## make hosts           four hosts in network namespaces: workers, queue and database that fail; the same record
hosts: all
	sh tests/hosts/hosts.sh $(PROGRAM) 5 6000

## make reviewers MINUTES=10   twenty reviewers and five writers on one record in PostgreSQL, deadlocks with them
MINUTES ?= 10
reviewers: all
	sh tests/scripts/reviewers.sh $(PROGRAM) $$(( $(MINUTES) * 60 ))

## make bench-workers REPORTS=FILE   what queue and database cost beside coding
bench-workers: all
	tools/bench-workers $(PROGRAM) $(REPORTS)

## make simulate [ARGUMENTS="code=3 store=1 ..."]   how many workers a queue and a record can feed
simulate:
	@mkdir -p $(BUILD)
	$(CC) -std=c17 -O2 $(WARNINGS) tests/scale/simulate.c -lm -o $(BUILD)/simulate
	$(BUILD)/simulate $(ARGUMENTS)

scale: all $(BUILD)/scale $(BUILD)/tests/increments_test
	ANNALS_SHUFFLES=50 $(BUILD)/tests/increments_test
	sh tests/scripts/interrupt.sh $(PROGRAM) 67 50
	mkdir -p build/scale
	$(BUILD)/scale build/scale $(CLAIMS)

## make scale-reports  reads REPORTS synthetic reports of 350 words into a record; a record of the first is killed 7 times on its way
REPORTS ?= 1000 10000
scale-reports: all $(BUILD)/texts
	tools/scale-reports $(BUILD) build/scale --kills 7 $(REPORTS)

## make bench-page first paint, slider and API of the page over 100,000 acts (Chromium, wrk)
PAGE_CLAIMS ?= 430000
build/scale/$(PAGE_CLAIMS).db: | $(BUILD)/scale
	@mkdir -p build/scale
	$(BUILD)/scale build/scale $(PAGE_CLAIMS)
bench-page: all build/scale/$(PAGE_CLAIMS).db
	node tests/bench/page.mjs $(PROGRAM) build/scale/$(PAGE_CLAIMS).db

# ------------------------------------------------------------------ installing
INCLUDES := $(DESTDIR)$(PREFIX)/include
LIBRARIES := $(DESTDIR)$(PREFIX)/$(LIBRARY_FOLDER)
SHARES := $(DESTDIR)$(PREFIX)/share
INSTALL ?= install

## make install    program, libraries, header, data, manual, completion (PREFIX=/usr/local, DESTDIR=)
install: all
	$(MAKE) VARIANT=shared shared
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(INCLUDES) $(LIBRARIES)/pkgconfig $(SHARES)/annals \
	  $(SHARES)/man/man1 $(SHARES)/bash-completion/completions
	$(INSTALL) $(PROGRAM) $(TRAINER) $(DESTDIR)$(PREFIX)/bin
	$(INSTALL) -m 644 include/annals.h include/annals_record.h include/annals_watch.h include/annals_queue.h include/annals_operations.h $(INCLUDES)
	$(INSTALL) -m 644 $(LIBRARY) $(LIBRARIES)
	$(INSTALL) -m 755 build/shared/libannals.so.$(VERSION) $(LIBRARIES)
	ln -sf libannals.so.$(VERSION) $(LIBRARIES)/$(SONAME)
	ln -sf $(SONAME) $(LIBRARIES)/libannals.so
	sed 's|@PREFIX@|$(PREFIX)|; s|@LIBRARY_FOLDER@|$(LIBRARY_FOLDER)|; s|@VERSION@|$(VERSION)|; s|@PACKAGES@|$(PACKAGES)|' tools/annals.pc.in \
	  > $(LIBRARIES)/pkgconfig/annals.pc
	cp -RL $(SHARE)/. $(SHARES)/annals
	$(INSTALL) -m 644 docs/annals.1 $(SHARES)/man/man1
	$(INSTALL) -m 644 cli/annals.bash $(SHARES)/bash-completion/completions/annals

## make uninstall  remove what `make install` put there
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/annals $(DESTDIR)$(PREFIX)/bin/annals-train $(INCLUDES)/annals.h $(INCLUDES)/annals_record.h $(INCLUDES)/annals_watch.h $(INCLUDES)/annals_queue.h $(INCLUDES)/annals_operations.h \
	  $(LIBRARIES)/libannals.a $(LIBRARIES)/libannals.so* $(LIBRARIES)/pkgconfig/annals.pc \
	  $(SHARES)/man/man1/annals.1 $(SHARES)/bash-completion/completions/annals
	rm -rf $(SHARES)/annals

## make dist       dist/annals-VERSION.tar.gz of what git has
dist:
	@mkdir -p dist
	git archive --format=tar.gz --prefix=annals-$(VERSION)/ -o dist/annals-$(VERSION).tar.gz HEAD
	@echo dist/annals-$(VERSION).tar.gz

## make deb        Debian packages in build/deb (needs debhelper; lintian looks them over)
deb: data
	tools/build-packages $(VERSION) $(SHARE)/gazetteer.bin

## make deb-test   install them on a fresh Debian 12 below /tmp and use them (root, debootstrap)
deb-test:
	tools/check-packages

clean:
	rm -rf build
