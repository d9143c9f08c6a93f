# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# booth-film: the encoder of `booth record`, which the emulator starts.

FILM_SRC := $(wildcard sdk/film/*.c)
FILM_OBJ := $(FILM_SRC:%.c=$(B)/%.o)
FILM_PKG := gstreamer-1.0 gstreamer-app-1.0 glib-2.0

$(FILM_OBJ): $(B)/%.o: %.c $(B)/config.mk
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -Isdk/lib $$($(PKG_CONFIG) --cflags $(FILM_PKG)) -MMD -MP -c -o $@ $<

$(B)/bin/booth-film: $(FILM_OBJ)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $$($(PKG_CONFIG) --libs $(FILM_PKG)) -o $@

.PHONY: film
film: $(B)/bin/booth-film

-include $(FILM_OBJ:.o=.d)

# What needs no GStreamer
UNIT += film_sound
film_sound_SRC := sdk/film/sound.c
film_sound_CFLAGS := -Isdk/lib -Isdk/film
film_sound_PKG := glib-2.0
