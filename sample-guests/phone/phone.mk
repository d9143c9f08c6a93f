# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# The Debian phone, and the default handset, which has two of them.

PHONE := sample-guests/phone
PHONE_IMAGES := $(addprefix $(IMAGES)/phone/,vmlinuz initrd.img system.img)
$(PHONE_IMAGES) &: $(shell find $(addprefix $(PHONE)/,build steps recipe overlay) -type f) \
		$(DEBIAN)/steps/initrd.sh $(DEBIAN)/initrd/init $(wildcard $(DEBIAN)/art/*.svg)
	$(PHONE)/build $(IMAGES)/phone $(B)/cache/phone
	@touch $(PHONE_IMAGES)

$(DEFAULT_HANDSET): $(PACK_NEEDS) $(PHONE)/handset.ini $(wildcard $(PHONE)/profiles/*/profile.ini) $(PHONE_IMAGES)
	$(call pack,$(PHONE),phone) $(@D)
