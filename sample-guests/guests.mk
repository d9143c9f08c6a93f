# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# The guests' images, and the handset that pack makes of them: build/images/handset.

IMAGES := $(B)/images

# build looks itself whether there is anything to do; make only has to know when to ask.
DEBIAN := sample-guests/debian
DEBIAN_IMAGES := $(addprefix $(IMAGES)/debian/,vmlinuz initrd.img system.img)
$(DEBIAN_IMAGES) &: $(shell find $(addprefix $(DEBIAN)/,build steps recipe initrd overlay art) -type f)
	$(DEBIAN)/build $(IMAGES)/debian $(B)/cache/debian
	@touch $(DEBIAN_IMAGES)

METRONOME := $(IMAGES)/metronome/metronome.bin
METRONOME_OBJ := $(patsubst %,$(B)/sample-guests/metronome/%.o,start main platform histogram report)
METRONOME_CFLAGS := -std=gnu11 -O2 -g -ffreestanding -fno-pic -mgeneral-regs-only -mstrict-align \
	-mno-outline-atomics -fno-asynchronous-unwind-tables -fno-stack-protector

$(B)/sample-guests/metronome/%.o: sample-guests/metronome/%.c
	@mkdir -p $(@D)
	$(CROSS)gcc $(WARN) $(METRONOME_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/sample-guests/metronome/%.o: sample-guests/metronome/%.S
	@mkdir -p $(@D)
	$(CROSS)gcc $(METRONOME_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/sample-guests/metronome/metronome.elf: $(METRONOME_OBJ) sample-guests/metronome/metronome.ld
	$(CROSS)gcc -nostdlib -static -no-pie -Wl,--build-id=none,--no-warn-rwx-segments \
		-Wl,-T,sample-guests/metronome/metronome.ld -o $@ $(METRONOME_OBJ)

$(METRONOME): $(B)/sample-guests/metronome/metronome.elf
	@mkdir -p $(@D)
	$(CROSS)objcopy -O binary $< $@

# handset.ini is written last: it stands for the whole folder.
DEFAULT_HANDSET := $(IMAGES)/handset/handset.ini
HANDSET_NEEDS := $(B)/bin/pack $(BOARD_TREES) sample-guests/handset.ini $(METRONOME) \
	$(B)/hypervisor/hypervisor.elf $(B)/hypervisor/switchboard.bin \
	$(wildcard sample-guests/debian/profiles/*/profile.ini) $(DEBIAN_IMAGES)

# $(PACK_HANDSET) DIR: what DIR holds already of the personas' storage stays
PACK_HANDSET := $(B)/bin/pack build --handset sample-guests/handset.ini \
	--images $(IMAGES)/debian --images $(IMAGES) --hypervisor $(B)/hypervisor/hypervisor.elf \
	--switchboard $(B)/hypervisor/switchboard.bin --out

$(DEFAULT_HANDSET): $(HANDSET_NEEDS)
	$(PACK_HANDSET) $(@D)

# A protected persona (docs/handset-description.md): it has a newer kernel and a handset of its own.
PROTECTED := $(IMAGES)/protected/vmlinuz
PROTECTED_HANDSET := $(IMAGES)/handset-protected/handset.ini
$(PROTECTED): sample-guests/protected/build $(DEBIAN_IMAGES)
	sample-guests/protected/build $(IMAGES)/debian $(@D)
	@touch $@

$(PROTECTED_HANDSET): $(PROTECTED) $(B)/hypervisor/measure.bin $(HANDSET_NEEDS) sample-guests/protected/handset.ini \
		sample-guests/protected/profile/profile.ini
	$(subst sample-guests/handset.ini,sample-guests/protected/handset.ini --measure $(B)/hypervisor/measure.bin,$(PACK_HANDSET)) $(@D)

.PHONY: images-protected
images-protected: $(PROTECTED_HANDSET)

# The handset's first start goes on from here instead of booting (docs/snapshots.md).
.PHONY: clean-snapshot
clean-snapshot: $(HANDSET) emulator booth
	@scripts/step $(B)/log/clean-snapshot.log "booting the phone once, for snapshot 'clean'" \
		scripts/clean-snapshot $(B)/bin $(IMAGES)/handset
	@tail -n 1 $(B)/log/clean-snapshot.log

.PHONY: metronome handset images
metronome: $(METRONOME)
handset: $(DEFAULT_HANDSET)
images: $(DEFAULT_HANDSET)

-include $(METRONOME_OBJ:.o=.d)

include sample-guests/debian-armhf/armhf.mk
include sample-guests/phone/phone.mk

UNIT += metronome
metronome_SRC := $(addprefix sample-guests/metronome/,histogram.c report.c)
metronome_CFLAGS := -Isample-guests/metronome
