# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# The guests' images, and the handsets that pack makes of them: build/images/handset is the default one, of
# `make images`, and build/images/handset-NAME that of `make images-NAME`. In each, handset.ini is written last: it
# stands for the whole folder.

IMAGES := $(B)/images

# What every handset is packed with
PACK_NEEDS := $(B)/bin/pack $(BOARD_TREES) $(B)/hypervisor/hypervisor.elf $(B)/hypervisor/switchboard.bin

# $(call pack,FOLDER,IMAGES) OUT: the handset that FOLDER/handset.ini describes, with the files of these folders in
# build/images. What OUT holds already of the personas' storage stays.
pack = $(B)/bin/pack build --handset $1/handset.ini $(addprefix --images $(IMAGES)/,$2) \
	--hypervisor $(B)/hypervisor/hypervisor.elf --switchboard $(B)/hypervisor/switchboard.bin --out

DEFAULT_HANDSET := $(IMAGES)/handset/handset.ini

include sample-guests/metronome/metronome.mk
include sample-guests/debian/debian.mk
include sample-guests/debian-armhf/armhf.mk
include sample-guests/protected/protected.mk
include sample-guests/phone/phone.mk

# The default handset, and the snapshot `clean` that its first start goes on from instead of booting
# (docs/snapshots.md). QUICK_BOOT=no: without.
CLEAN_SNAPSHOT := scripts/clean-snapshot $(B)/bin $(IMAGES)/handset $(B)/log/clean-snapshot.log
.PHONY: handset images clean-snapshot
handset: $(DEFAULT_HANDSET)
images: $(DEFAULT_HANDSET) emulator booth
	$(if $(filter no,$(QUICK_BOOT)),,@$(CLEAN_SNAPSHOT))

# The same for a phone that has been used: what is stored on it stays.
clean-snapshot: $(DEFAULT_HANDSET) emulator booth
	@$(subst clean-snapshot $(B),clean-snapshot --again $(B),$(CLEAN_SNAPSHOT))
