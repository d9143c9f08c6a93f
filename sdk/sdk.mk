# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Host tools for those who make guests: pack here, booth in cli/, booth-panel in panel/, booth-film in film/.

-include sdk/cli/cli.mk sdk/libbooth/libbooth.mk sdk/man/man.mk sdk/panel/panel.mk sdk/film/film.mk

PACK_SRC := $(wildcard sdk/pack/*.c)
PACK_OBJ := $(PACK_SRC:%.c=$(B)/%.o) $(addprefix $(B)/sdk/lib/,stdio_guard.o netrule.o)
PACK_CFLAGS = -std=c11 -D_GNU_SOURCE -Ihypervisor/include -Isdk/lib $(shell $(PKG_CONFIG) --cflags glib-2.0)
PACK_LIBS = $(shell $(PKG_CONFIG) --libs glib-2.0) -lfdt -lz -lzstd

.PHONY: pack
pack: $(B)/bin/pack

$(B)/bin/pack: $(PACK_OBJ)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PACK_LIBS)

$(B)/sdk/pack/%.o: sdk/pack/%.c $(B)/config.mk
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(WARN) $(PACK_CFLAGS) -MMD -MP -c -o $@ $<

-include $(PACK_OBJ:.o=.d)

# Unit tests: all of pack but main()
PACK_UNIT := pack_stage2 pack_table pack_handset pack_build pack_image pack_files pack_disk pack_kept pack_upgrade
UNIT += $(PACK_UNIT)
PACK_TESTED := $(filter-out %/main.c,$(PACK_SRC)) tests/unit/pack_fixture.c sdk/lib/netrule.c
$(foreach test,$(PACK_UNIT),$(eval $(test)_SRC := $(PACK_TESTED)) \
	$(eval $(test)_CFLAGS := -D_GNU_SOURCE -Isdk/pack -Isdk/lib -Itests/unit) \
	$(eval $(test)_PKG := glib-2.0) $(eval $(test)_LIBS := -lfdt -lz -lzstd))
