# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# `make images-small`: the small Debian persona, and a handset with two of them and the metronome.

# build looks itself whether there is anything to do; make only has to know when to ask.
DEBIAN := sample-guests/debian
DEBIAN_IMAGES := $(addprefix $(IMAGES)/debian/,vmlinuz initrd.img system.img)
$(DEBIAN_IMAGES) &: $(shell find $(addprefix $(DEBIAN)/,build steps recipe initrd overlay art) -type f)
	$(DEBIAN)/build $(IMAGES)/debian $(B)/cache/debian
	@touch $(DEBIAN_IMAGES)

SMALL_HANDSET := $(IMAGES)/handset-small/handset.ini
$(SMALL_HANDSET): $(PACK_NEEDS) $(DEBIAN)/handset.ini $(wildcard $(DEBIAN)/profiles/*/profile.ini) $(DEBIAN_IMAGES) \
		$(METRONOME)
	$(call pack,$(DEBIAN),debian .) $(@D)

.PHONY: images-small
images-small: $(SMALL_HANDSET)
