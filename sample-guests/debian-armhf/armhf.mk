# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# `make images-armhf`: a handset with one 32-bit Debian persona, build/images/handset-armhf.

ARMHF := sample-guests/debian-armhf
ARMHF_IMAGES := $(addprefix $(IMAGES)/debian-armhf/,vmlinuz initrd.img system.img)
$(ARMHF_IMAGES) &: $(shell find $(ARMHF)/build $(ARMHF)/recipe $(ARMHF)/overlay $(DEBIAN)/steps $(DEBIAN)/initrd -type f)
	$(ARMHF)/build $(IMAGES)/debian-armhf $(B)/cache/debian-armhf
	@touch $(ARMHF_IMAGES)

$(IMAGES)/handset-armhf/handset.ini: $(PACK_NEEDS) $(ARMHF)/handset.ini $(ARMHF)/profile/profile.ini $(ARMHF_IMAGES)
	$(call pack,$(ARMHF),debian-armhf) $(@D)

.PHONY: images-armhf
images-armhf: $(IMAGES)/handset-armhf/handset.ini
