# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# booth: libbooth (sdk/lib), what is inside a persona (sdk/adb, sdk/app), handsets (sdk/handset), findings about
# this computer (sdk/doctor), scenarios (sdk/scenario), profiles of apps (sdk/profile), traces of kernels (sdk/trace), what the screen says (sdk/see), reports (sdk/report) and the command line (sdk/cli). What changes a handset is packed by the same code as in `pack`.

HANDSET_SRC := $(wildcard sdk/handset/*.c)
DOCTOR_SRC := $(wildcard sdk/doctor/*.c)
SCENARIO_SRC := $(wildcard sdk/scenario/*.c)
PROFILE_SRC := $(wildcard sdk/profile/*.c)
SEE_SRC := $(wildcard sdk/see/*.c)
TRACE_SRC := $(wildcard sdk/trace/*.c)
REPORT_SRC := $(wildcard sdk/report/*.c)
BOOTH_SRC := $(wildcard sdk/lib/*.c) $(wildcard sdk/adb/*.c) $(wildcard sdk/app/*.c) $(wildcard sdk/cli/*.c) $(HANDSET_SRC) $(DOCTOR_SRC) \
	$(SCENARIO_SRC) $(PROFILE_SRC) $(SEE_SRC) $(TRACE_SRC) $(REPORT_SRC)
BOOTH_API_OBJ := $(API)/commands.o $(API)/exits.o $(API)/errors.o
BOOTH_OBJ := $(BOOTH_SRC:%.c=$(B)/%.o) $(BOOTH_API_OBJ)
BOOTH_PACK_SRC := $(filter-out %/main.c,$(wildcard sdk/pack/*.c))
BOOTH_PKG := gio-unix-2.0 json-glib-1.0 libarchive libpng libsodium
BOOTH_LIBS := -lfdt -lz -lzstd

BOOTH_CC = $(CC) -std=c11 -fPIC -D_GNU_SOURCE $(WARN) $(CFLAGS) -I. $(BOOTH_INCLUDE) \
	$$($(PKG_CONFIG) --cflags gio-unix-2.0 json-glib-1.0) -MMD -MP
# pack's headers use the ABI of EL2.
$(patsubst %.c,$(B)/%.o,$(HANDSET_SRC) $(wildcard sdk/cli/*.c)): BOOTH_INCLUDE := -Ihypervisor/include -Isdk/lib

$(BOOTH_SRC:%.c=$(B)/%.o): $(B)/%.o: %.c $(B)/config.mk
	@mkdir -p $(@D)
	$(BOOTH_CC) -c $< -o $@

$(BOOTH_API_OBJ): %.o: %.c $(B)/config.mk
	$(BOOTH_CC) -c $< -o $@

$(B)/bin/booth: $(BOOTH_OBJ) $(BOOTH_PACK_SRC:%.c=$(B)/%.o)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $$($(PKG_CONFIG) --libs $(BOOTH_PKG)) $(BOOTH_LIBS) -o $@

# What `booth doctor` installs packages with; an installed copy has its own list.
SETUP := install-packages need-space packages
$(SETUP:%=$(B)/setup/%): $(B)/setup/%: scripts/%
	@mkdir -p $(@D)
	cp $< $@

.PHONY: booth
booth: $(B)/bin/booth $(SETUP:%=$(B)/setup/%)

UNIT += booth link
UNIT += netrule
netrule_SRC := sdk/lib/netrule.c
netrule_CFLAGS := -D_GNU_SOURCE -Isdk/lib
netrule_PKG := glib-2.0
CLIENT_SRC := $(addprefix sdk/lib/,client.c errors.c paths.c process.c talk.c wire.c) $(API)/errors.c
booth_SRC := $(CLIENT_SRC) tests/unit/stand_in.c
link_SRC := sdk/lib/link.c sdk/lib/talk_source.c $(booth_SRC)
booth_PKG := gio-unix-2.0 json-glib-1.0
link_PKG := $(booth_PKG)

# Handsets, without a command line
HANDSET_UNIT := handset_places handset_reset persona_file
UNIT += $(HANDSET_UNIT)
HANDSET_TESTED := $(HANDSET_SRC) $(BOOTH_PACK_SRC) sdk/lib/netrule.c sdk/lib/holes.c
$(foreach test,$(HANDSET_UNIT),$(eval $(test)_SRC := $(HANDSET_TESTED)) \
	$(eval $(test)_CFLAGS := -D_GNU_SOURCE -Isdk/pack -Isdk/lib -Itests/unit) \
	$(eval $(test)_PKG := $(BOOTH_PKG)) $(eval $(test)_LIBS := $(BOOTH_LIBS)))

# Scenarios, without a phone
UNIT += scenario
scenario_SRC := $(SCENARIO_SRC) $(CLIENT_SRC)
scenario_PKG := gio-unix-2.0 json-glib-1.0 libpng

# Profiles, traces, pairs of ports
UNIT += profile ftrace ports
ftrace_SRC := $(TRACE_SRC)
ftrace_PKG := glib-2.0 json-glib-1.0
profile_SRC := $(PROFILE_SRC)
profile_PKG := glib-2.0 json-glib-1.0
ports_SRC := sdk/cli/ports.c
ports_CFLAGS := -D_GNU_SOURCE
ports_PKG := glib-2.0

UNIT += cli_progress
cli_progress_SRC := sdk/cli/progress.c sdk/cli/say.c sdk/cli/transfer.c
cli_progress_CFLAGS := -D_GNU_SOURCE
cli_progress_PKG := glib-2.0

UNIT += recorder
recorder_SRC := $(wildcard sdk/scenario/recorder*.c)
recorder_PKG := json-glib-1.0

UNIT += redact
redact_SRC := sdk/report/redact.c
redact_PKG := glib-2.0

UNIT += see
see_SRC := $(SEE_SRC)
see_PKG := gio-2.0 libpng json-glib-1.0

UNIT += settings
settings_SRC := sdk/cli/settings.c sdk/handset/error.c
settings_PKG := glib-2.0

-include $(BOOTH_OBJ:.o=.d) sdk/app/app.mk
