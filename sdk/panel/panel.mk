# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# booth-panel: a window to set by hand what people do with a phone; a client of the control API.

PANEL_SRC := $(wildcard sdk/panel/*.c)
PANEL_OBJ := $(PANEL_SRC:%.c=$(B)/%.o)
PANEL_LIB := $(addprefix $(B)/sdk/lib/,client.o errors.o link.o paths.o process.o talk.o talk_source.o wire.o) $(API)/errors.o
PANEL_PKG := gtk4 gio-unix-2.0 json-glib-1.0
# Debian 12 has GTK 4.8: nothing newer is used, and what became deprecated later is not complained about.
PANEL_GDK := -DGDK_VERSION_MIN_REQUIRED=GDK_VERSION_4_8 -DGDK_VERSION_MAX_ALLOWED=GDK_VERSION_4_8

$(PANEL_OBJ): $(B)/%.o: %.c $(B)/config.mk | $(API)/choices.h
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -I. $(API_INCLUDE) $(PANEL_GDK) $$($(PKG_CONFIG) --cflags $(PANEL_PKG)) \
		-MMD -MP -c -o $@ $<

$(B)/bin/booth-panel: $(PANEL_OBJ) $(PANEL_LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $$($(PKG_CONFIG) --libs $(PANEL_PKG)) -lm -o $@

.PHONY: panel
panel: $(B)/bin/booth-panel

-include $(PANEL_OBJ:.o=.d)

# What needs no GTK
UNIT += panel panel_map
panel_SRC := $(addprefix sdk/panel/,number.c pose.c readings.c)
panel_PKG := glib-2.0 json-glib-1.0
panel_LIBS := -lm
panel_map_SRC := sdk/panel/map.c sdk/panel/places.c
panel_map_LIBS := -lm
