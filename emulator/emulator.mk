# SPDX-License-Identifier: GPL-2.0-or-later
#
# The emulator program: our main() linked with QEMU's objects (emulator/qemu/qemu.mk).

EMU_DIR := emulator
EMU_OBJ := $(B)/emulator
EMU_PACKAGES := gio-2.0 gio-unix-2.0 json-glib-1.0 libarchive libpng sdl2 SDL2_image

# Sources that include QEMU's headers are compiled with QEMU's flags, some also with its target's. They are all
# in machine/; what is in there without QEMU's headers is named.
EMU_PLAIN_MACHINE_SRC := $(addprefix $(EMU_DIR)/machine/,counts.c marks.c trace_hash.c writeback.c)
EMU_TARGET_SRC := $(addprefix $(EMU_DIR)/machine/,clocks.c elcount.c lockstep.c lockstep_clock.c translations.c translations_file.c translations_save.c)
EMU_QEMU_SRC := $(filter-out $(EMU_PLAIN_MACHINE_SRC) $(EMU_TARGET_SRC),$(wildcard $(EMU_DIR)/machine/*.c))
EMU_SRC := $(EMU_PLAIN_MACHINE_SRC) $(wildcard $(EMU_DIR)/*.c \
	$(foreach room,screen input phone snapshot frontends control,$(EMU_DIR)/$(room)/*.c))
emu_objects = $(patsubst $(EMU_DIR)/%.c,$(EMU_OBJ)/%.o,$1)
EMU_API_OBJECTS := $(EMU_OBJ)/api/schema_table.o $(EMU_OBJ)/api/verbs_table.o
EMU_LIB := $(addprefix $(B)/sdk/lib/,stdio_guard.o beside.o netrule.o holes.o)
EMU_OBJECTS := $(call emu_objects,$(EMU_SRC) $(EMU_QEMU_SRC) $(EMU_TARGET_SRC)) $(EMU_API_OBJECTS)

EMU_CFLAGS = $(CFLAGS) $(WARN) -D_GNU_SOURCE -fPIE -I$(EMU_DIR) -I$(B) -Isdk/lib $(API_INCLUDE) -Ihypervisor/include -MMD -MP \
	$$($(PKG_CONFIG) --cflags $(EMU_PACKAGES))

$(call emu_objects,$(EMU_DIR)/phone/boards.c) \
$(foreach kind,unit sanitized,$(foreach test,emu_handset emu_files emu_phone emu_host emu_snapshot emu_record emu_bundle,$(B)/tests/$(kind)/$(test).d/emulator/phone/boards.o)): \
	$(BOARDS_HEADERS)
$(call emu_objects,$(EMU_SRC)): $(EMU_OBJ)/%.o: $(EMU_DIR)/%.c $(B)/config.mk | $(API)/verbs_table.h
	@mkdir -p $(@D)
	$(CC) $(EMU_CFLAGS) -c -o $@ $<

$(EMU_API_OBJECTS): $(EMU_OBJ)/api/%.o: $(API)/%.c $(B)/config.mk | $(API)/verbs_table.h
	@mkdir -p $(@D)
	$(CC) $(EMU_CFLAGS) -c -o $@ $<

$(call emu_objects,$(EMU_QEMU_SRC)): $(EMU_OBJ)/%.o: $(EMU_DIR)/%.c $(B)/config.mk | $(QEMU_LIB)
	@mkdir -p $(@D)
	$(CC) $(QEMU_CFLAGS) -Werror -I$(EMU_DIR) -Isdk/lib -MMD -MP -c -o $@ $<

$(call emu_objects,$(EMU_TARGET_SRC)): $(EMU_OBJ)/%.o: $(EMU_DIR)/%.c $(B)/config.mk | $(QEMU_LIB)
	@mkdir -p $(@D)
	$(CC) $(QEMU_TARGET_CFLAGS) -Werror -I$(EMU_DIR) -MMD -MP -c -o $@ $<

$(B)/bin/phonebooth: $(EMU_OBJECTS) $(EMU_LIB) $(QEMU_LIB) scripts/qemu-link
	@mkdir -p $(@D)
	$(QEMU_LINK) $@ $(EMU_OBJECTS) $(EMU_LIB) $$($(PKG_CONFIG) --libs $(EMU_PACKAGES)) $(SANITIZE)

.PHONY: emulator
emulator: $(B)/bin/phonebooth

-include $(EMU_OBJECTS:.o=.d)

# Unit tests of what needs no QEMU, no window and no socket
EMU_RULES := sdk/lib/netrule.c
EMU_UNIT := emu_handset emu_files emu_vmlog emu_service emu_keys emu_control emu_view emu_chosen emu_zone emu_trace emu_input \
	emu_frontends emu_phone emu_host
EMU_UNIT += emu_server emu_typing emu_progress
EMU_UNIT += emu_lockstep emu_trouble emu_track emu_scene emu_scene_device emu_relay
EMU_UNIT += emu_snapshot emu_record emu_bundle emu_secrets emu_translated
emu_secrets_SRC := $(EMU_DIR)/phone/secrets.c
emu_translated_SRC := $(addprefix $(EMU_DIR)/snapshot/,failure.c store.c translated.c)
emu_bundle_SRC := sdk/lib/holes.c $(addprefix $(EMU_DIR)/snapshot/,bundle_read.c bundle_write.c failure.c header.c layer.c present.c store.c tidy.c translated.c) \
	$(EMU_RULES) $(addprefix $(EMU_DIR)/phone/,boards.c handset.c handset_parse.c machine_args.c)
emu_snapshot_SRC := $(addprefix $(EMU_DIR)/snapshot/,failure.c header.c identity.c layer.c plan.c present.c store.c tidy.c translated.c) \
	$(EMU_RULES) $(addprefix $(EMU_DIR)/phone/,boards.c handset.c handset_parse.c machine_args.c)
emu_record_SRC := $(EMU_RULES) $(addprefix $(EMU_DIR)/phone/,record.c attitude.c clock.c phone.c phone_events.c phone_failure.c progress.c faults.c service.c \
	service_line.c summary.c boards.c handset.c handset_parse.c vmlog.c logfile.c trouble.c network.c network_profiles.c network_record.c relay.c relay_pump.c)
emu_lockstep_SRC := $(addprefix $(EMU_DIR)/,machine/trace_hash.c phone/clock.c phone/seeds.c)
emu_relay_SRC := $(addprefix $(EMU_DIR)/phone/,relay.c relay_pump.c)
emu_trouble_SRC := $(EMU_DIR)/phone/trouble.c
UNIT += $(EMU_UNIT)
emu_handset_SRC := $(EMU_RULES) $(addprefix $(EMU_DIR)/phone/,boards.c handset.c handset_parse.c machine_args.c)
emu_files_SRC := $(EMU_RULES) $(addprefix $(EMU_DIR)/phone/,boards.c handset.c handset_parse.c handset_files.c handset_table.c machine_args.c)
emu_vmlog_SRC := $(addprefix $(EMU_DIR)/phone/,vmlog.c logfile.c)
emu_progress_SRC := $(EMU_DIR)/phone/progress.c
emu_service_SRC := $(addprefix $(EMU_DIR)/phone/,clock.c service.c service_line.c)
emu_keys_SRC := $(EMU_DIR)/input/keys.c $(EMU_DIR)/frontends/keymap.c
emu_control_SRC := $(addprefix $(EMU_DIR)/control/,message.c args.c schema.c) $(API)/schema_table.c
emu_server_SRC := $(addprefix $(EMU_DIR)/control/,server.c client.c request.c message.c args.c schema.c) $(EMU_DIR)/snapshot/failure.c \
	$(EMU_DIR)/phone/clock.c \
	$(addprefix $(EMU_DIR)/input/,input.c sources.c fingers.c) $(API)/schema_table.c
emu_server_NEEDS := $(API)/verbs_table.h
emu_typing_SRC := $(addprefix $(EMU_DIR)/control/,verbs_keys.c typing.c request.c args.c) $(addprefix $(EMU_DIR)/input/,keys.c input.c sources.c fingers.c) \
	$(EMU_DIR)/phone/clock.c $(EMU_DIR)/phone/service_line.c $(EMU_DIR)/snapshot/failure.c $(API)/schema_table.c
emu_typing_NEEDS := $(API)/verbs_table.h
emu_view_SRC := $(addprefix $(EMU_DIR)/frontends/,skin.c view.c toolbar.c) $(EMU_DIR)/screen/shadow.c
emu_view_LIBS := -lm
emu_phone_SRC := $(EMU_RULES) $(addprefix $(EMU_DIR)/phone/,clock.c phone.c phone_events.c phone_failure.c progress.c faults.c service.c service_line.c \
	summary.c boards.c handset.c handset_parse.c vmlog.c logfile.c trouble.c)
emu_host_SRC := $(EMU_DIR)/host.c $(EMU_RULES) $(addprefix $(EMU_DIR)/phone/,boards.c handset.c handset_parse.c handset_files.c handset_table.c machine_args.c logfile.c)
emu_input_SRC := $(addprefix $(EMU_DIR)/input/,input.c sources.c fingers.c)
emu_frontends_SRC := $(addprefix $(EMU_DIR)/frontends/,set.c headless.c picture.c) \
	$(addprefix $(EMU_DIR)/screen/,screen.c shadow.c) $(EMU_DIR)/phone/summary.c
emu_trace_SRC := $(addprefix $(EMU_DIR)/phone/,trace.c trace_print.c)
emu_chosen_SRC := $(addprefix $(EMU_DIR)/phone/,chosen.c seeds.c)
emu_chosen_LIBS := -lfdt
emu_zone_SRC := $(EMU_DIR)/phone/zone.c

emu_track_SRC := $(EMU_DIR)/phone/track.c $(EMU_DIR)/phone/track_parse.c
emu_track_LIBS := -lm
emu_scene_SRC := $(addprefix $(EMU_DIR)/phone/,scene.c scene_device.c scene_picture.c scene_y4m.c yuy2.c)
emu_scene_device_SRC := $(emu_scene_SRC)
emu_scene_device_LIBS := -Wl,--wrap=ioctl,--wrap=mmap,--wrap=mmap64,--wrap=munmap
$(foreach test,$(EMU_UNIT),$(eval $(test)_CFLAGS := -D_GNU_SOURCE -I$(EMU_DIR) -I$(B) -Isdk/lib $(API_INCLUDE)) \
	$(eval $(test)_PKG := gio-2.0 gio-unix-2.0 json-glib-1.0 libarchive libpng sdl2))
emu_scene_PKG += SDL2_image
emu_scene_device_PKG += SDL2_image
