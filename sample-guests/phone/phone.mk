# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# The Debian phone, and the default handset, which has two of them; and build/images/handset-two-systems, which has one
# beside a 32-bit phone with another shell.

PHONE := sample-guests/phone
PHONE_BUILDS := $(addprefix $(PHONE)/,build steps recipe overlay upgrade) $(DEBIAN)/steps/initrd.sh $(DEBIAN)/initrd/init \
	$(wildcard $(DEBIAN)/art/*.svg)

# $(call phone_files,FOLDER): what a build leaves there
phone_files = $(addprefix $(IMAGES)/$1/,vmlinuz initrd.img system.img)

PHONE_IMAGES := $(call phone_files,phone)
$(PHONE_IMAGES) &: $(shell find $(PHONE_BUILDS) $(PHONE)/phosh -type f)
	$(PHONE)/build phosh $(IMAGES)/phone $(B)/cache/phone
	@touch $(PHONE_IMAGES)

SXMO_IMAGES := $(call phone_files,sxmo)
$(SXMO_IMAGES) &: $(shell find $(PHONE_BUILDS) $(PHONE)/sxmo -type f)
	$(PHONE)/build sxmo $(IMAGES)/sxmo $(B)/cache/sxmo
	@touch $(SXMO_IMAGES)

PHONE_PROFILES := $(wildcard $(PHONE)/profiles/*/profile.ini)
$(DEFAULT_HANDSET): $(PACK_NEEDS) $(PHONE)/handset.ini $(PHONE_PROFILES) $(PHONE_IMAGES)
	$(call pack,$(PHONE),phone) $(@D)

TWO_SYSTEMS_HANDSET := $(IMAGES)/handset-two-systems/handset.ini
$(TWO_SYSTEMS_HANDSET): $(PACK_NEEDS) sample-guests/two-systems/handset.ini $(PHONE_PROFILES) $(PHONE_IMAGES) $(SXMO_IMAGES)
	$(call pack,sample-guests/two-systems,phone .) $(@D)

.PHONY: images-two-systems
images-two-systems: $(TWO_SYSTEMS_HANDSET)

# The same downloads give the same bytes, whenever and wherever: the image once more, in another folder.
.PHONY: check-images
check-images: $(PHONE_IMAGES)
	rm -rf $(B)/again
	$(PHONE)/build phosh $(B)/again/images $(B)/again/cache
	(cd $(IMAGES)/phone && sha256sum vmlinuz initrd.img system.img) | (cd $(B)/again/images && sha256sum -c --quiet)
	rm -rf $(B)/again
	echo "same: vmlinuz, initrd.img and system.img of $(IMAGES)/phone, made again"
