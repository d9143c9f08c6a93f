# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# How a service is built, docs/design/services.md:
#
#   $(eval $(call service,NAME,FILE.c...,MORE.o...))
#
# gives build/hypervisor/NAME.elf and the flat NAME.bin, which runs at the base of any RAM that pack
# gives it and is entered at its first byte. All of services/lib is with it; what it does not use is
# left out.

SERVICES := hypervisor/services
SERVICE_LIB := $(SERVICES)/lib
SERVICE_O := $(B)/hypervisor/services
PICOLIBC := /usr/lib/picolibc/aarch64-linux-gnu

SERVICE_INCLUDES := -I$(SERVICES) -I$(SERVICE_LIB)/include
SERVICE_CFLAGS := -std=gnu11 -O2 -g $(WARN) -Wshadow -Wconversion -Wno-sign-conversion -fPIE -fvisibility=hidden \
	-fstack-protector-strong -fno-asynchronous-unwind-tables -ffunction-sections -fdata-sections \
	-isystem $(PICOLIBC)/include -isystem $(B)/arm64/libfdt/usr/include \
	-Ihypervisor/include $(SERVICE_INCLUDES)

# libfdt for the handset's CPUs, from Debian 13 on any host: the host's own package is for the host.
LIBFDT_ARM64 := $(B)/arm64/libfdt/usr/lib/aarch64-linux-gnu/libfdt.a
$(LIBFDT_ARM64):
	@mkdir -p $(B)/arm64/libfdt.new
	cd $(B)/arm64/libfdt.new && \
		APT_CONFIG=$$($(CURDIR)/scripts/apt-private) apt-get -q download libfdt-dev && \
		dpkg-deb -x libfdt-dev_*.deb . && rm libfdt-dev_*.deb
	@rm -rf $(B)/arm64/libfdt && mv $(B)/arm64/libfdt.new $(B)/arm64/libfdt

$(SERVICE_O)/%.c.o: $(SERVICES)/%.c | $(LIBFDT_ARM64)
	@mkdir -p $(@D)
	$(CROSS)gcc $(SERVICE_CFLAGS) $(SERVICE_MORE) -MMD -MP -c -o $@ $<

$(SERVICE_O)/%.S.o: $(SERVICES)/%.S
	@mkdir -p $(@D)
	$(CROSS)gcc -g -MMD -MP -c -o $@ $<

service_objects = $(patsubst $(SERVICES)/%,$(SERVICE_O)/%.o,$1 $(wildcard $(SERVICE_LIB)/*.[cS]))

# $1 name, $2 sources, $3 objects made otherwise
define service
$(B)/hypervisor/$1.elf: $(call service_objects,$2) $3 $(SERVICE_LIB)/service.ld $(LIBFDT_ARM64)
	$(CROSS)gcc -nostdlib -static-pie -Wl,--no-dynamic-linker,-z,notext,-z,norelro \
		-Wl,--gc-sections,--build-id=none,-z,max-page-size=4096 -T $(SERVICE_LIB)/service.ld -o $$@ \
		$(call service_objects,$2) $3 $(LIBFDT_ARM64) $(PICOLIBC)/lib/libc.a -lgcc
$(B)/hypervisor/$1.bin: $(B)/hypervisor/$1.elf
	$(CROSS)objcopy -O binary $$< $$@
endef

-include $(shell find $(SERVICE_O) -name '*.d' -type f 2> /dev/null)
