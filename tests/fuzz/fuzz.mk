# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# libFuzzer targets of EL2, the services, pack and the control API: make fuzz-vgic, fuzz-line and so on
# build build/tests/fuzz/NAME (NAME.dict: its words) and let it run for FUZZ_SECONDS; what it finds is kept in build/fuzz/NAME. A
# short run of each is part of make check.

FUZZ_SECONDS ?= 60
FUZZ += vgic sched stage2 table line gpt bundle board virtio usb i2c request track wav scene
FUZZ_FLAGS := -std=gnu11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -w \
	-Itests/fuzz/cunit -I. -Ihypervisor/include -Ihypervisor/core -Itests/unit
FUZZ_GLIB = $$($(PKG_CONFIG) --cflags --libs glib-2.0) -lfdt -lz

FUZZ_vgic_SRC := tests/fuzz/fuzz_vgic.c $(vgic_SRC)
FUZZ_sched_SRC := tests/fuzz/fuzz_sched.c $(el2_SRC)
FUZZ_sched_FLAGS := -include tests/unit/el2/host.h -D_GNU_SOURCE
FUZZ_stage2_SRC := tests/fuzz/fuzz_stage2.c sdk/pack/stage2.c sdk/pack/error.c
FUZZ_stage2_FLAGS = -D_DEFAULT_SOURCE -Isdk/pack $(FUZZ_GLIB)
FUZZ_table_SRC := tests/fuzz/fuzz_table.c $(PACK_TESTED)
FUZZ_table_FLAGS = -D_GNU_SOURCE -Isdk/pack -Isdk/lib $(FUZZ_GLIB) -lzstd
FUZZ_line_SRC := tests/fuzz/fuzz_line.c $(sb_line_SRC)
FUZZ_line_FLAGS := $(SB_INCLUDES)
FUZZ_gpt_SRC := tests/fuzz/fuzz_gpt.c $(sb_gpt_SRC)
FUZZ_gpt_FLAGS := $(SB_INCLUDES)
FUZZ_bundle_SRC := tests/fuzz/fuzz_bundle.c tests/fuzz/fdt_script.c $(sb_bundle_SRC)
FUZZ_bundle_FLAGS := $(SB_INCLUDES) -lfdt
FUZZ_board_SRC := tests/fuzz/fuzz_board.c tests/fuzz/fdt_script.c $(SB)/drivers/board.c \
	$(SERVICE_LIB)/fdtread.c $(SERVICE_LIB)/place.c
FUZZ_board_FLAGS := $(SB_INCLUDES) -lfdt
FUZZ_virtio_SRC := tests/fuzz/fuzz_virtio.c $(VIRTIO_TEST_SRC)
FUZZ_virtio_FLAGS := $(SB_INCLUDES)
FUZZ_usb_SRC := tests/fuzz/fuzz_usb.c $(usb_camera_SRC)
FUZZ_usb_FLAGS := $(SB_INCLUDES)
FUZZ_i2c_SRC := tests/fuzz/fuzz_i2c.c $(SB)/vm/slimpro.c $(SB)/vm/mtki2c.c $(sb_i2c_SRC) $(sb_vhub_SRC) $(sb_lights_SRC)
FUZZ_i2c_FLAGS := $(SB_INCLUDES)
FUZZ_request_SRC := tests/fuzz/fuzz_request.c $(emu_control_SRC)
FUZZ_request_FLAGS = -D_GNU_SOURCE -Iemulator $(API_INCLUDE) $$($(PKG_CONFIG) --cflags --libs json-glib-1.0)
FUZZ_request_WORDS := $(API)/control.dict
FUZZ_track_SRC := tests/fuzz/fuzz_track.c $(emu_track_SRC)
FUZZ_track_FLAGS = -D_GNU_SOURCE -Iemulator $$($(PKG_CONFIG) --cflags --libs gio-2.0) -lm
FUZZ_track_WORDS := tests/fuzz/track.dict
FUZZ_scene_SRC := tests/fuzz/fuzz_scene.c $(emu_scene_SRC)
FUZZ_scene_FLAGS = -D_GNU_SOURCE -Iemulator $$($(PKG_CONFIG) --cflags --libs gio-2.0 sdl2 SDL2_image)
FUZZ_scene_WORDS := tests/fuzz/scene.dict
FUZZ_wav_SRC := tests/fuzz/fuzz_wav.c $(wav_SRC)
FUZZ_wav_FLAGS := $(wav_CFLAGS)

# $1 target
define fuzz_rules
$(B)/tests/fuzz/$1: $(FUZZ_$1_SRC) $(FUZZ_$1_WORDS) $(wildcard tests/unit/*.[ch] tests/unit/el2/*.h hypervisor/core/*/*.h)
	@mkdir -p $$(@D)
	clang $(FUZZ_FLAGS) -o $$@ $(FUZZ_$1_SRC) $$(FUZZ_$1_FLAGS)
	$(FUZZ_$1_WORDS:%=cp % $$@.dict)
.PHONY: fuzz-$1
fuzz-$1: $(B)/tests/fuzz/$1
	@mkdir -p $(B)/fuzz/$1
	$(B)/tests/fuzz/$1 $(FUZZ_$1_WORDS:%=-dict=$(B)/tests/fuzz/$1.dict) -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 \
		-artifact_prefix=$(B)/fuzz/ $(B)/fuzz/$1
TESTS += tests/fuzz/short,$1@120
TESTS_NEED += $(B)/tests/fuzz/$1
endef
$(foreach target,$(FUZZ),$(eval $(call fuzz_rules,$(target))))
