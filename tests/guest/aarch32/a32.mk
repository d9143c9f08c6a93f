# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# The test guest in AArch32: build/tests/guest/a32.bin.

A32 := arm-linux-gnueabihf-
A32_SRC := $(wildcard tests/guest/aarch32/*.[cS]) tests/guest/lib/tap.c tests/guest/lib/gic.c
A32_OBJ := $(patsubst %,$(B)/%.o,$(basename $(A32_SRC:tests/guest/lib/%=tests/guest/aarch32/lib/%)))
A32_CFLAGS := -std=gnu11 -O2 -g -march=armv7ve -mfpu=neon-vfpv4 -marm -mfloat-abi=hard -mgeneral-regs-only \
	-ffreestanding -fno-pic -mno-unaligned-access -fno-asynchronous-unwind-tables \
	-fno-stack-protector -Ihypervisor/include

$(B)/tests/guest/aarch32/lib/%.o: tests/guest/lib/%.c
	@mkdir -p $(@D)
	$(A32)gcc $(WARN) $(A32_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/guest/aarch32/%.o: tests/guest/aarch32/%.c
	@mkdir -p $(@D)
	$(A32)gcc $(WARN) $(A32_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/guest/aarch32/%.o: tests/guest/aarch32/%.S
	@mkdir -p $(@D)
	$(A32)gcc $(A32_CFLAGS) -c -o $@ $<

$(B)/tests/guest/a32.elf: $(A32_OBJ) tests/guest/aarch32/guest.ld
	$(A32)gcc -nostdlib -static -no-pie -Wl,--build-id=none,--no-warn-rwx-segments,-z,noexecstack \
		-Wl,-T,tests/guest/aarch32/guest.ld -o $@ $(A32_OBJ) -lgcc

-include $(A32_OBJ:.o=.d)
