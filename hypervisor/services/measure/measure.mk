# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# The first program of a measured VM: build/hypervisor/measure.bin, which pack puts into the table.

MEASURE := hypervisor/services/measure
MEASURE_CFLAGS := -std=gnu11 -O2 -g $(WARN) -march=armv8-a+crypto -ffreestanding -fno-pic -mstrict-align \
	-mcmodel=tiny -fno-stack-protector -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns \
	-Ihypervisor/include

$(B)/hypervisor/measure.elf: $(addprefix $(MEASURE)/,start.S measure.c sha256.c cpu.c measure.ld) \
		$(wildcard $(MEASURE)/*.h) hypervisor/include/phonebooth/measure.h
	@mkdir -p $(@D)
	$(CROSS)gcc $(MEASURE_CFLAGS) -nostdlib -static -no-pie -Wl,--build-id=none,--no-warn-rwx-segments \
		-Wl,-T,$(MEASURE)/measure.ld -o $@ $(filter %.S %.c,$^)

$(B)/hypervisor/measure.bin: $(B)/hypervisor/measure.elf
	$(CROSS)objcopy -O binary $< $@

UNIT += measure
measure_SRC := $(MEASURE)/measure.c
measure_CFLAGS := -I$(MEASURE)
