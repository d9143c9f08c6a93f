# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# A whole Debian phone, and a handset with two of them: build/images/handset-phone.

.PHONY: images-phone
PHONE := sample-guests/phone
PHONE_IMAGES := $(addprefix $(IMAGES)/phone/,vmlinuz initrd.img system.img)
$(PHONE_IMAGES) &: $(shell find $(addprefix $(PHONE)/,build steps recipe overlay) -type f) \
		$(DEBIAN)/steps/initrd.sh $(DEBIAN)/initrd/init $(wildcard $(DEBIAN)/art/*.svg)
	$(PHONE)/build $(IMAGES)/phone $(B)/cache/phone
	@touch $(PHONE_IMAGES)

PHONE_HANDSET := $(IMAGES)/handset-phone/handset.ini
$(PHONE_HANDSET): $(PHONE_IMAGES) $(filter-out $(DEBIAN_IMAGES),$(HANDSET_NEEDS)) $(PHONE)/handset.ini $(wildcard $(PHONE)/profiles/*/profile.ini)
	$(subst sample-guests/handset.ini,$(PHONE)/handset.ini --images $(IMAGES)/phone,$(PACK_HANDSET)) $(@D)

images-phone: $(PHONE_HANDSET)
