# SPDX-License-Identifier: GPL-2.0-or-later
#
# QEMU as a library: $(QEMU_LIB) is newer than whatever of QEMU or of our overlay was rebuilt last.
#
#   $(QEMU_CFLAGS)         to compile what includes QEMU's headers
#   $(QEMU_TARGET_CFLAGS)  the same for what includes target/arm/cpu.h
#   $(QEMU_LINK) OUT OBJECT... -lLIBRARY...
#
# Objects depend on $(QEMU_LIB) by order only (headers are made during QEMU's build), programs really.
# Two makes at a time wait for each other (flock).

QEMU_DIR := emulator/qemu
QEMU_LIB := $(B)/qemu/lib.stamp
QEMU_CFLAGS := @$(B)/qemu/cflags
QEMU_TARGET_CFLAGS := @$(B)/qemu/target-cflags
QEMU_LINK := scripts/qemu-link --build=$(B)/qemu/build

QEMU_OVERLAY := $(shell find $(QEMU_DIR)/overlay -not -name "*~")
# The receiver's sentences are the switchboard's, too.
QEMU_SHARED := $(addprefix hypervisor/services/switchboard/drivers/nmea,.c .h)
QEMU_LAY_OVER := $(QEMU_DIR)/lay-over $(B)/qemu/src $(QEMU_DIR)/overlay $(BOARDS_HEADERS) $(QEMU_SHARED)
QEMU_PATCHES := $(wildcard $(QEMU_DIR)/patches/*.patch)
QEMU_STEP = flock $(B)/qemu/lock scripts/step $(B)/log/qemu-$1.log
QEMU_ENV = PYTHONPATH=$$($(QEMU_DIR)/get-meson) CCACHE_BASEDIR=$(CURDIR)

$(B)/qemu/src.stamp: $(QEMU_PATCHES) $(QEMU_DIR)/patches $(QEMU_DIR)/unpack $(B)/qemu/source
	@$(call QEMU_STEP,source) "getting QEMU's source" \
		$(QEMU_DIR)/unpack $(B)/qemu/src $(QEMU_SOURCE)
	@touch $@

$(B)/qemu/configured.stamp: $(B)/qemu/src.stamp $(addprefix $(QEMU_DIR)/,configure write-flags cc profile hot-files hot-profile) | $(BOARDS_HEADERS)
	@$(QEMU_LAY_OVER)
	@$(QEMU_DIR)/get-meson > /dev/null
	@$(QEMU_ENV) $(call QEMU_STEP,configure) "configuring QEMU" \
		$(QEMU_DIR)/configure $(abspath $(B)/qemu/src) $(abspath $(B)/qemu/build)
	@$(QEMU_DIR)/write-flags $(B)/qemu/src $(B)/qemu/build
	@touch $@

# ninja decides what is to be done; the stamp changes only if the program did.
$(QEMU_LIB): $(B)/qemu/configured.stamp $(QEMU_OVERLAY) $(BOARDS_HEADERS) $(QEMU_SHARED) $(QEMU_DIR)/lay-over
	@$(QEMU_LAY_OVER)
	@$(QEMU_ENV) $(call QEMU_STEP,build) "building QEMU as a library" \
		ninja -C $(B)/qemu/build -j $(JOBS) qemu-system-aarch64
	@touch $@

.PHONY: qemu
qemu: $(QEMU_LIB)

# Unit tests of what needs no QEMU
UNIT += battery store_medium
store_medium_SRC := $(QEMU_DIR)/overlay/hw/phonebooth/store_medium.c
store_medium_CFLAGS := -I$(QEMU_DIR)/overlay/hw/phonebooth
store_medium_PKG := glib-2.0
battery_SRC := $(QEMU_DIR)/overlay/hw/phonebooth/battery.c
battery_CFLAGS := -I$(QEMU_DIR)/overlay/hw/phonebooth
UNIT += gnss
gnss_SRC := $(QEMU_DIR)/overlay/hw/phonebooth/gnss_motion.c hypervisor/services/switchboard/drivers/nmea.c
gnss_CFLAGS := -I$(QEMU_DIR)/overlay/hw/phonebooth -Ihypervisor/services/switchboard/drivers
gnss_LIBS := -lm
UNIT += camera_pattern camera_jpeg
camera_jpeg_SRC := $(QEMU_DIR)/overlay/hw/phonebooth/camera_jpeg.c
camera_jpeg_CFLAGS := $(battery_CFLAGS)
camera_jpeg_LIBS := -ljpeg
camera_pattern_SRC := $(QEMU_DIR)/overlay/hw/phonebooth/camera_pattern.c
camera_pattern_CFLAGS := $(battery_CFLAGS)
UNIT += uplink_dns uplink_firewall uplink_proxy
uplink_firewall_SRC := $(addprefix $(QEMU_DIR)/overlay/hw/phonebooth/,uplink_firewall.c uplink_packet.c)
uplink_firewall_CFLAGS := $(battery_CFLAGS)
uplink_dns_SRC := $(addprefix $(QEMU_DIR)/overlay/hw/phonebooth/,uplink_dns.c uplink_rewrite.c)
uplink_proxy_SRC := $(addprefix $(QEMU_DIR)/overlay/hw/phonebooth/,uplink_proxy.c uplink_packet.c uplink_rewrite.c)
uplink_proxy_CFLAGS := $(battery_CFLAGS)
uplink_dns_CFLAGS := $(battery_CFLAGS)
UNIT += wav
wav_SRC := $(addprefix $(QEMU_DIR)/overlay/hw/phonebooth/,wav_read.c wav_write.c)
wav_CFLAGS := $(battery_CFLAGS)
