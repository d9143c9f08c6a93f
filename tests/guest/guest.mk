# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Bare-metal test guests: each is one program that runs on the persona platform, under our
# hypervisor and without.

GUEST_TESTS := platform elf timer gic gicregs gicsmp psci smp traps debug mmio translation asid tlbi isolation switching \
	sched fuzz
GUEST_PROGRAMS := $(GUEST_TESTS) bpr later neighbour stubborn
GUEST_LIB := $(patsubst %,$(B)/tests/guest/lib/%.o,start tap psci exception gic mmu registers later)
GUEST_CFLAGS := -std=gnu11 -O2 -g -ffreestanding -fno-pic -mgeneral-regs-only -mstrict-align \
	-fno-asynchronous-unwind-tables -fno-stack-protector -mno-outline-atomics \
	-Ihypervisor/include -Itests/guest
GUEST_BINARIES := $(GUEST_PROGRAMS:%=$(B)/tests/guest/%.bin)

.PHONY: guest-tests
guest-tests: $(GUEST_BINARIES) $(B)/hypervisor/measure.bin $(patsubst %,$(B)/tests/guest/%.bin,manage manage-lives realm takeback dma a32)
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

# Ten million operations, with progress
$(B)/tests/guest/fuzz-long.o: tests/guest/fuzz.c
	@mkdir -p $(@D)
	$(CROSS)gcc $(WARN) $(GUEST_CFLAGS) -DOPERATIONS=2500000 -MMD -MP -c -o $@ $<
.PHONY: fuzz-long
fuzz-long: $(B)/tests/guest/fuzz-long.bin $(B)/tests/guest/neighbour.bin pack hypervisor
	tests/guest/run fuzz-long virt

# Its other CPUs do what it says.
$(B)/tests/guest/gicsmp.elf: $(B)/tests/guest/helper.o

# It manages another VM, in the switchboard's place.
MANAGE := $(addprefix tests/guest/manage/,owned.c worker.S)
LIVES_manage-lives := -DLIVES=100
LIVES_manage-lives-long := -DLIVES=1000

$(B)/tests/guest/manage.elf: $(MANAGE) $(addprefix tests/guest/manage/,manage.c states.c fresh.c)
$(B)/tests/guest/manage-lives.elf $(B)/tests/guest/manage-lives-long.elf: $(MANAGE) tests/guest/manage/lives.c
MANAGE_ELF := $(patsubst %,$(B)/tests/guest/%.elf,manage manage-lives manage-lives-long)
$(MANAGE_ELF): $(B)/tests/guest/%.elf: tests/guest/manage/owned.h tests/guest/manage/owner.ld $(GUEST_LIB)
	$(CROSS)gcc $(WARN) $(GUEST_CFLAGS) $(LIVES_$*) -nostdlib -static -no-pie \
		-Wl,--build-id=none,--no-warn-rwx-segments -Wl,-T,tests/guest/manage/owner.ld -o $@ \
		$(filter %.c %.S %.o,$^)

# A thousand lives of a VM, a minute or two
.PHONY: lives
lives: $(B)/tests/guest/manage-lives-long.bin pack hypervisor
	tests/guest/run manage-lives-long virt

# A protected guest, and its owner in the switchboard's place; how long they go at it, in ms.
REALM_GUEST := $(patsubst %,$(B)/tests/guest/realm/%.o,guest stress rsi report) \
	$(filter-out %/tap.o,$(GUEST_LIB))
REALM_OWNER := $(patsubst %,$(B)/tests/guest/realm/%.o,blob rsi) $(GUEST_LIB)
REALM_SIZE_realm := -DRAM_SIZE=0x2000000 -DMS=2000
REALM_SIZE_realm-long := -DRAM_SIZE=0x20000000 -DMS=60000
.SECONDARY: $(REALM_GUEST) $(REALM_OWNER) $(B)/tests/guest/realm-guest.elf

$(B)/tests/guest/realm/blob.o: tests/guest/realm/blob.S $(B)/tests/guest/realm-guest.bin
	@mkdir -p $(@D)
	$(CROSS)gcc $(GUEST_CFLAGS) -Wa,-I$(B)/tests/guest -c -o $@ $<

$(B)/tests/guest/realm-guest.elf: $(REALM_GUEST) tests/guest/lib/guest.ld
	$(CROSS)gcc -nostdlib -static -no-pie -Wl,--build-id=none,--no-warn-rwx-segments \
		-Wl,-T,tests/guest/lib/guest.ld -o $@ $(filter %.o,$^)

$(B)/tests/guest/realm.elf $(B)/tests/guest/realm-long.elf: $(B)/tests/guest/%.elf: \
		tests/guest/realm/owner.c tests/guest/realm/protocol.h tests/guest/manage/owner.ld $(REALM_OWNER)
	$(CROSS)gcc $(WARN) $(GUEST_CFLAGS) $(REALM_SIZE_$*) -nostdlib -static -no-pie \
		-Wl,--build-id=none,--no-warn-rwx-segments -Wl,-T,tests/guest/manage/owner.ld -o $@ \
		$(filter %.c %.o,$^)

# A protected guest with a UART of its own, in the half that others see
$(B)/tests/guest/takeback.elf: tests/guest/takeback/takeback.c tests/guest/lib/tap.c \
		$(B)/tests/guest/realm/rsi.o $(filter-out %/tap.o,$(GUEST_LIB)) tests/guest/lib/guest.ld
	$(CROSS)gcc $(WARN) $(GUEST_CFLAGS) -DUART_BASE=0x4009000000ull -nostdlib -static -no-pie \
		-Wl,--build-id=none,--no-warn-rwx-segments -Wl,-T,tests/guest/lib/guest.ld -o $@ \
		$(filter %.c %.o,$^)

# 512 MiB, a minute
.PHONY: guest-realm-long
guest-realm-long: $(B)/tests/guest/realm-long.bin pack hypervisor
	tests/guest/run realm-long virt

# It drives board one's devices, in the switchboard's place and with its drivers.
DMA_SRC := $(wildcard tests/guest/dma/*.[cS] tests/guest/lib/*.[cS]) \
	hypervisor/services/switchboard/drivers/sdhci.c hypervisor/services/switchboard/drivers/emmc.c
$(B)/tests/guest/dma.elf: $(DMA_SRC) tests/guest/manage/owner.ld $(wildcard tests/guest/*/*.h)
	@mkdir -p $(@D)
	$(CROSS)gcc $(WARN) $(GUEST_CFLAGS) -DBOARD_ONE -isystem $(PICOLIBC)/include \
		$(SB_INCLUDES) -nostdlib -static -no-pie \
		-Wl,--build-id=none,--no-warn-rwx-segments -Wl,-T,tests/guest/manage/owner.ld -o $@ $(DMA_SRC)

$(B)/tests/guest/%.bin: $(B)/tests/guest/%.elf
	$(CROSS)objcopy -O binary $< $@

-include $(wildcard $(B)/tests/guest/*.d $(B)/tests/guest/lib/*.d $(B)/tests/guest/realm/*.d)

include tests/guest/aarch32/a32.mk
