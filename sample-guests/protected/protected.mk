# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# `make images-protected`: a handset with a protected persona (docs/handset-description.md), which has a newer kernel,
# and an ordinary one.

PROTECTED := $(IMAGES)/protected/vmlinuz
$(PROTECTED): sample-guests/protected/build $(DEBIAN_IMAGES)
	sample-guests/protected/build $(IMAGES)/debian $(@D)
	@touch $@

PROTECTED_HANDSET := $(IMAGES)/handset-protected/handset.ini
$(PROTECTED_HANDSET): $(PACK_NEEDS) $(B)/hypervisor/measure.bin $(DEBIAN_IMAGES) $(PROTECTED) \
		$(addprefix sample-guests/,protected/handset.ini protected/profile/profile.ini debian/profiles/personal/profile.ini)
	$(call pack,sample-guests/protected,debian .) $(@D) --measure $(B)/hypervisor/measure.bin

.PHONY: images-protected
images-protected: $(PROTECTED_HANDSET)
