# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Bare-metal test guests: each is one program that runs on the persona platform, under our
# hypervisor and without.

GUEST_TESTS := platform timer gic psci smp traps isolation switching sched fuzz
GUEST_PROGRAMS := $(GUEST_TESTS) neighbour
GUEST_LIB := $(patsubst %,$(B)/tests/guest/lib/%.o,start tap psci exception gic registers)
GUEST_CFLAGS := -std=gnu11 -O2 -g -ffreestanding -fno-pic -mgeneral-regs-only -mstrict-align \
	-fno-asynchronous-unwind-tables -fno-stack-protector -mno-outline-atomics \
	-Ihypervisor/include -Itests/guest
GUEST_BINARIES := $(GUEST_PROGRAMS:%=$(B)/tests/guest/%.bin)

.PHONY: guest-tests
guest-tests: $(GUEST_BINARIES) $(B)/tests/guest/manage.bin
.SECONDARY: $(GUEST_BINARIES:.bin=.elf) $(GUEST_BINARIES:.bin=.o) $(GUEST_LIB)

$(B)/tests/guest/%.o: tests/guest/%.c
	@mkdir -p $(@D)
	$(CROSS)gcc $(WARN) $(GUEST_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/guest/lib/%.o: tests/guest/lib/%.S
	@mkdir -p $(@D)
	$(CROSS)gcc $(GUEST_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/guest/%.elf: $(B)/tests/guest/%.o $(GUEST_LIB) tests/guest/lib/guest.ld
	$(CROSS)gcc -nostdlib -static -no-pie -Wl,--build-id=none,--no-warn-rwx-segments \
		-Wl,-T,tests/guest/lib/guest.ld -o $@ $(filter %.o,$^)

# It manages another VM, in the switchboard's place.
$(B)/tests/guest/manage.elf: tests/guest/manage/manage.c tests/guest/manage/worker.S \
		tests/guest/manage/owner.ld $(GUEST_LIB)
	$(CROSS)gcc $(WARN) $(GUEST_CFLAGS) -nostdlib -static -no-pie \
		-Wl,--build-id=none,--no-warn-rwx-segments -Wl,-T,tests/guest/manage/owner.ld -o $@ \
		$(filter %.c %.S %.o,$^)

$(B)/tests/guest/%.bin: $(B)/tests/guest/%.elf
	$(CROSS)objcopy -O binary $< $@

-include $(wildcard $(B)/tests/guest/*.d $(B)/tests/guest/lib/*.d)
