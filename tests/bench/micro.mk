# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# The guests of tests/bench/micro.py.

MICRO_PROGRAMS := $(B)/tests/bench/micro/micro.bin $(B)/tests/bench/micro/spin.bin

.PHONY: micro-guests kvm-host
kvm-host: $(B)/tests/bench/kvm/vmm

# It runs on Debian's kernel, without Debian's C library beside it.
$(B)/tests/bench/kvm/vmm: tests/bench/kvm/vmm.c
	@mkdir -p $(@D)
	$(CROSS)gcc $(WARN) -std=gnu11 -O2 -static -pthread -o $@ $<

micro-guests: $(MICRO_PROGRAMS)
.SECONDARY: $(MICRO_PROGRAMS:.bin=.elf) $(MICRO_PROGRAMS:.bin=.o)

$(B)/tests/bench/%.o: tests/bench/%.c
	@mkdir -p $(@D)
	$(CROSS)gcc $(WARN) $(GUEST_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/bench/%.elf: $(B)/tests/bench/%.o $(GUEST_LIB) tests/guest/lib/guest.ld
	$(CROSS)gcc -nostdlib -static -no-pie -Wl,--build-id=none,--no-warn-rwx-segments \
		-Wl,-T,tests/guest/lib/guest.ld -o $@ $(filter %.o,$^)

$(B)/tests/bench/%.bin: $(B)/tests/bench/%.elf
	$(CROSS)objcopy -O binary $< $@

-include $(wildcard $(B)/tests/bench/micro/*.d)
