# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# booth: libbooth (sdk/lib), what is inside a persona (sdk/adb, sdk/app), and the command line (sdk/cli).

BOOTH_SRC := $(wildcard sdk/lib/*.c) $(wildcard sdk/adb/*.c) $(wildcard sdk/app/*.c) $(wildcard sdk/cli/*.c)
BOOTH_API_OBJ := $(API)/commands.o $(API)/exits.o $(API)/errors.o
BOOTH_OBJ := $(BOOTH_SRC:%.c=$(B)/%.o) $(BOOTH_API_OBJ)
BOOTH_PKG := gio-unix-2.0 json-glib-1.0 libarchive

BOOTH_CC = $(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -I. $$($(PKG_CONFIG) --cflags $(BOOTH_PKG)) -MMD -MP

$(BOOTH_SRC:%.c=$(B)/%.o): $(B)/%.o: %.c $(B)/config.mk
	@mkdir -p $(@D)
	$(BOOTH_CC) -c $< -o $@

$(BOOTH_API_OBJ): %.o: %.c $(B)/config.mk
	$(BOOTH_CC) -c $< -o $@

$(B)/bin/booth: $(BOOTH_OBJ)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $$($(PKG_CONFIG) --libs $(BOOTH_PKG)) -o $@

.PHONY: booth
booth: $(B)/bin/booth

UNIT += booth link
UNIT += netrule
netrule_SRC := sdk/lib/netrule.c
netrule_CFLAGS := -D_GNU_SOURCE -Isdk/lib
netrule_PKG := glib-2.0
booth_SRC := sdk/lib/client.c sdk/lib/wire.c tests/unit/stand_in.c $(API)/errors.c
link_SRC := sdk/lib/link.c $(booth_SRC)
booth_PKG := $(BOOTH_PKG)
link_PKG := $(BOOTH_PKG)

-include $(BOOTH_OBJ:.o=.d) sdk/app/app.mk
