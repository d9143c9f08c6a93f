# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# The switchboard: build/hypervisor/switchboard.elf and the flat switchboard.bin, which runs at the
# base of any RAM that pack gives it and is entered at its first byte.

include hypervisor/services/lib/service.mk

SB := hypervisor/services/switchboard
SB_O := $(SERVICE_O)

SB_INCLUDES := $(SERVICE_INCLUDES) -I$(SB)
SB_SRC := $(wildcard $(SB)/*.c $(SB)/*/*.c)
SB_SRC := $(filter-out $(SB)/tools/%,$(SB_SRC))
$(SB_O)/switchboard/%: SERVICE_MORE := -I$(SB)

# The bar's font: glyphs drawn at build time from a free font (tools/mkfont.c says which and why).
SB_FONT := /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf
$(SB_O)/mkfont: $(SB)/tools/mkfont.c hypervisor/include/phonebooth/bar.h
	@mkdir -p $(@D)
	$(CC) -std=c11 -O1 $(WARN) -Ihypervisor/include $$($(PKG_CONFIG) --cflags SDL2_ttf) -o $@ $< \
		$$($(PKG_CONFIG) --libs SDL2_ttf)
$(SB_O)/switchboard/font.c: $(SB_O)/mkfont
	@mkdir -p $(@D)
	$< $(SB_FONT) > $@.new && mv $@.new $@
$(SB_O)/switchboard/font.c.o: $(SB_O)/switchboard/font.c
	$(CROSS)gcc $(SERVICE_CFLAGS) -I$(SB) -I$(SB)/screen -MMD -MP -c -o $@ $<

$(eval $(call service,switchboard,$(SB_SRC) $(wildcard $(SERVICES)/virtio/*.c $(SERVICES)/usb/*.c),$(SB_O)/switchboard/font.c.o))

.PHONY: switchboard
switchboard: $(B)/hypervisor/switchboard.bin

include hypervisor/services/measure/measure.mk
include hypervisor/services/echo/echo.mk
include hypervisor/services/virtio/virtio.mk

# Unit tests of the pure parts, on the host.
sb_gpt_SRC := $(SB)/storage/gpt.c
sb_blkchunk_SRC := $(SB)/storage/blkchunk.c
sb_bundle_SRC := $(SB)/vm/bundle.c $(SERVICE_LIB)/fdtread.c
sb_bundle_LIBS := -lfdt
sb_guestdt_SRC := $(SB)/vm/guestdt.c
sb_guestdt_LIBS := -lfdt
sb_line_SRC := $(SERVICE_LIB)/line.c $(SERVICE_LIB)/utf8.c
sb_router_SRC := $(SB)/input/router.c $(SB)/screen/layout.c
usb_camera_SRC := $(wildcard $(SERVICES)/usb/*.c)
usb_camera_LIBS := -ljpeg
sb_camera_SRC := $(SB)/camera/camera.c $(SB)/camera/usbport.c $(usb_camera_SRC)
sb_mixer_SRC := $(SB)/audio/mixer.c
sb_audio_SRC := $(SB)/audio/audio.c $(SB)/audio/mixer.c
sb_small_SRC := $(SB)/input/keychord.c $(SB)/net/bridge.c $(SB)/net/wakes.c $(SERVICE_LIB)/chacha20.c
sb_bar_SRC := $(SB)/screen/bar.c $(SB)/screen/canvas.c $(SERVICE_LIB)/utf8.c
sb_smccc_SRC := $(SB)/vm/smccc.c
sb_vrtc_SRC := $(SB)/vm/vrtc.c
sb_vhub_SRC := $(SB)/vm/vhub.c
sb_i2c_SRC := $(SB)/vm/dwi2c.c $(SB)/vm/vgauge.c
sb_mtki2c_SRC := $(SB)/vm/mtki2c.c $(SB)/vm/vgauge.c
sb_slimpro_SRC := $(SB)/vm/slimpro.c $(SB)/vm/vgauge.c
sb_lights_SRC := $(SB)/vm/vgpio.c $(SB)/vm/vbacklight.c
sb_cfi_SRC := $(SB)/vm/cfi.c
sb_watchdog_SRC := $(SB)/vm/watchdog.c
sb_input_SRC := $(SB)/observers.c $(addprefix $(SB)/input/,input.c held.c router.c keychord.c) \
	$(addprefix $(SB)/screen/,compositor.c persona.c barplane.c layer.c flip.c layout.c sleep.c)
sb_typing_SRC := $(SB)/port/typing.c
sb_storage_SRC := $(addprefix $(SB)/,storage/block.c storage/card.c storage/blkchunk.c drivers/emmc.c)
sb_shutdown_SRC := $(SB)/shutdown.c
sb_entropy_SRC := $(SERVICE_LIB)/chacha20.c
SB_TESTS := usb_camera sb_camera sb_entropy sb_mixer sb_audio sb_typing sb_input sb_gpt sb_blkchunk sb_bundle sb_guestdt sb_line sb_router sb_small sb_bar sb_smccc sb_vrtc sb_cfi sb_i2c sb_mtki2c sb_slimpro sb_lights sb_vhub \
	sb_shutdown sb_storage sb_watchdog
UNIT += $(SB_TESTS)
$(foreach test,$(SB_TESTS),$(eval $(test)_CFLAGS := $(SB_INCLUDES)))

# And the whole of it on the board, without hypervisor
TESTS += tests/system/switchboard-alone@180
TESTS_NEED += switchboard
