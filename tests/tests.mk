# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# What "make check" runs. Any folder's .mk file may add to these lists:
#
#   UNIT += NAME                   a CUnit program, tests/unit/test_NAME.c
#   NAME_SRC := FILE.c...          the sources that it tests, from the top folder
#   NAME_CFLAGS := -I...           more flags; -I. and hypervisor/include are always there
#   NAME_PKG := glib-2.0...        pkg-config modules
#   NAME_NEEDS := FILE...          headers that are made
#   TESTS += PATH[,ARG][@SECONDS][!]  an executable, in the tree or built; see tests/run
#   TESTS_NEED += TARGET           what must be built before TESTS

# Checks of the sources
TESTS += tests/tree/debian tests/tree/layout tests/tree/braces tests/tree/rooms tests/tree/licences tests/tree/docs tests/tree/arrows tests/tree/build-scripts

# What runs in a persona to move its data to a newer system image
TESTS += tests/unit/persona_upgrade

# One feature of a VM at a time: without a hypervisor, where a failure means that the test is wrong;
# then under ours, on a stock machine and on our board
include tests/guest/guest.mk
include tests/bench/micro.mk tests/fuzz/fuzz.mk
comma := ,
TESTS += $(foreach machine,bare virt one,$(foreach feature,$(GUEST_TESTS),\
	tests/guest/run$(comma)$(feature)$(comma)$(machine)@180))
TESTS += $(foreach machine,bare one,tests/guest/run$(comma)a32$(comma)$(machine)@180)
TESTS += $(foreach feature,manage manage-lives realm later,tests/guest/run$(comma)$(feature)$(comma)virt@300)
TESTS += $(foreach feature,dma takeback bpr,tests/guest/run$(comma)$(feature)$(comma)one@180)
TESTS += tests/guest/el2-fault@180 tests/guest/measured@180
TESTS_NEED += guest-tests

# The board alone, no hypervisor
TESTS += tests/system/native-registers tests/system/native-firewall tests/system/native-disk-errors tests/system/native-save@600 tests/system/native-battery@300 tests/system/native-sensors@300 tests/system/native-gnss@300 tests/system/native-lights@300 tests/system/native-sound@300 tests/system/native-camera@200 tests/system/native-security@300 tests/system/native-boot@900

# Images built by others for QEMU's machine `virt`
TESTS += tests/system/firmware-uboot@300 tests/system/firmware-uboot,arm@180 tests/system/firmware-edk2@400

# The emulator's window, and what can be wrong on the host
TESTS += tests/system/window@200 tests/system/window-hands@300 tests/system/window-panel@300 tests/system/window-wayland@200 tests/system/host@300

# The boot that a new handset's first start goes on from
TESTS += tests/system/clean-snapshot@900

# Handsets and personas that are made, changed, reset and deleted; what is missing on this computer
TESTS += tests/system/handsets@300 tests/system/doctor-fix

# Scenarios on phones of their own; the encoder of films without a phone
TESTS += tests/system/scenario@400 tests/system/deterministic@400 tests/system/film

# What make install leaves behind
TESTS += tests/system/installed@1200

# A persona that cannot be asked to shut down
TESTS += tests/system/ending@200

# A persona whose data disk cannot be used
TESTS += tests/system/data-disk@300

# A protected persona, if its images were made
TESTS += tests/system/protected@600

# The names of a kernel's functions, for booth debug --vm
TESTS += tests/system/kernel-symbols

# The default handset: two Debian phones
TESTS += tests/system/phone@2400 tests/system/make-run@1500

# A developer on the default handset
TESTS += tests/system/apps@700 tests/system/deterministic-lock tests/system/sample-scenarios@400 tests/system/window-drop@400

# The phone as a whole. The first boots it, the last ends it.
TESTS += tests/system/10-boot@1200!
TESTS += $(patsubst %,%@900,$(filter-out %/10-boot,$(sort $(wildcard tests/system/[0-9]*))))
TESTS += tests/system/battery-empty@600
TESTS_NEED += $(B)/tests/pixels $(B)/tests/faulty.so

# Two different systems side by side, if their images have been made
TESTS += tests/system/two-systems@3600 tests/system/persona-upgrade@3600 tests/system/persona-upgrade,phosh@3600

# A 32-bit persona, if its images have been made
TESTS += tests/system/armhf@600
.PHONY: check-recorder
check-recorder: build images $(B)/tests/pixels
	tests/run tests/system/recorder@300

.PHONY: check-armhf
check-armhf: build images-armhf $(B)/tests/pixels
	B=$(abspath $(B)) tests/system/armhf

$(B)/tests/faulty.so: tests/system/faulty.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -O1 $(WARN) -fPIC -shared -o $@ $< -ldl

# Programs for guests that draw
DRAW := $(B)/tests/frames $(B)/tests/press
TESTS_NEED += $(DRAW)
$(DRAW): $(B)/tests/%: tests/bench/%.c tests/bench/window.c tests/bench/window.h
	@mkdir -p $(@D)
	$(CROSS)gcc -std=gnu11 -O2 $(WARN) -static -o $@ $(filter %.c,$^)

# Another that sends frames by which a firewall may be deceived
TESTS_NEED += $(B)/tests/packets
$(B)/tests/packets: tests/system/packets.c
	@mkdir -p $(@D)
	$(CROSS)gcc -std=gnu11 -O2 $(WARN) -static -o $@ $<

# A program for guests that plays and records
TESTS_NEED += $(B)/tests/tone
$(B)/tests/tone: tests/system/tone.c
	@mkdir -p $(@D)
	$(CROSS)gcc -std=gnu11 -O2 $(WARN) -static -o $@ $< -lm

# Another that uses cameras
TESTS_NEED += $(B)/tests/look
$(B)/tests/look: tests/system/look.c
	@mkdir -p $(@D)
	$(CROSS)gcc -std=gnu11 -O2 $(WARN) -static -o $@ $<

# A program for an X server that drops a file on a window
TESTS_NEED += $(B)/tests/drop
$(B)/tests/drop: tests/system/drop.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -D_GNU_SOURCE $(WARN) -o $@ $< $(LDFLAGS) -lX11

$(B)/tests/pixels: tests/system/pixels.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(WARN) $$($(PKG_CONFIG) --cflags glib-2.0 libpng) -o $@ $< $(LDFLAGS) \
		$$($(PKG_CONFIG) --libs glib-2.0 libpng)
