# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# The real-time guest of the small handset.

METRONOME := $(IMAGES)/metronome/metronome.bin
METRONOME_OBJ := $(patsubst %,$(B)/sample-guests/metronome/%.o,start main platform histogram report)
METRONOME_CFLAGS := -std=gnu11 -O2 -g -ffreestanding -fno-pic -mgeneral-regs-only -mstrict-align \
	-mno-outline-atomics -fno-asynchronous-unwind-tables -fno-stack-protector

$(B)/sample-guests/metronome/%.o: sample-guests/metronome/%.c
	@mkdir -p $(@D)
	$(CROSS)gcc $(WARN) $(METRONOME_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/sample-guests/metronome/%.o: sample-guests/metronome/%.S
	@mkdir -p $(@D)
	$(CROSS)gcc $(METRONOME_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/sample-guests/metronome/metronome.elf: $(METRONOME_OBJ) sample-guests/metronome/metronome.ld
	$(CROSS)gcc -nostdlib -static -no-pie -Wl,--build-id=none,--no-warn-rwx-segments \
		-Wl,-T,sample-guests/metronome/metronome.ld -o $@ $(METRONOME_OBJ)

$(METRONOME): $(B)/sample-guests/metronome/metronome.elf
	@mkdir -p $(@D)
	$(CROSS)objcopy -O binary $< $@

.PHONY: metronome
metronome: $(METRONOME)

-include $(METRONOME_OBJ:.o=.d)

UNIT += metronome
metronome_SRC := $(addprefix sample-guests/metronome/,histogram.c report.c)
metronome_CFLAGS := -Isample-guests/metronome
