# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# The hypervisor (EL2): build/hypervisor/hypervisor.elf. `make hypervisor`, `make size`.

HYP_DIR := hypervisor/core
HYP_OUT := $(B)/hypervisor
HYP_ELF := $(HYP_OUT)/hypervisor.elf
# Bytes: the build fails over the limit, and says so over the mark.
HYP_SIZES := --limit 20000 --mark 16384

HYP_SRC := start.S main.c \
	$(addprefix cpu/,context.S fp.S mmu.c panic.c gic.c lock.c trace.c firmware.c memory.c) \
	$(addprefix vgic/,vgic.c vgic_lr.c vgic_regs.c vgic_hw.c) \
	$(addprefix vm/,turn.c block.c settle.c wake.c irq.c vgic_link.c switch.c sched.c stage2.c protect.c post.c virtio.c life.c) \
	$(addprefix call/,tables.S hypercall.c manage.c psci.c suspend.c rsi.c) \
	$(addprefix trap/,vectors.S classes.S sysreg_rules.S trap.c guest.c inject.c a32_inject.c a32_trap.c a32_state.c \
	sysreg.c abort.c mmio.c)
HYP_OBJ := $(addprefix $(HYP_OUT)/,$(addsuffix .o,$(basename $(HYP_SRC))))

# What EL2 is: without library, floating point, other places than its own, or accesses that are not aligned
HYP_CFLAGS := -std=gnu11 $(WARN) -Wshadow -Wconversion -mcpu=cortex-a53 -ffreestanding -mgeneral-regs-only \
	-mno-outline-atomics -mstrict-align -fno-pic -fno-builtin -fno-stack-protector -fno-asynchronous-unwind-tables \
	-Wno-array-bounds -Ihypervisor/include -I$(HYP_DIR)
# vectors.S leaves a guest's x16 to x18 where they are: C code must not use them
HYP_CFLAGS += -ffixed-x16 -ffixed-x17 -ffixed-x18
# For size. What each saves was measured with Debian 12's compiler by leaving it out, at 17,844 bytes.
HYP_CFLAGS += -Os
# One program for the compiler: it inlines what has one caller, in whichever file; the linker drops what has none
HYP_CFLAGS += -flto -flto-partition=one -ffunction-sections -fdata-sections
# 252: registers are saved at a function's entry, in pairs, and not in each branch that needs them
HYP_CFLAGS += -fno-shrink-wrap
# 144: the image is less than 1 MiB: an address takes one instruction (ADR)
HYP_CFLAGS += -mcmodel=tiny
# 132: what does not change in a loop stays there: kept outside it takes a register, and that a save and a restore
HYP_CFLAGS += -fno-move-loop-invariants
# 72: functions keep the arguments they have: one form of each is shorter than several
HYP_CFLAGS += -fno-ipa-sra
# 44: blocks stay in the order of the source, without copies of them for the likely way
HYP_CFLAGS += -fno-guess-branch-probability
# 28, 20, 4: these join expressions, widen sharing and inline early: more registers live, more saves
HYP_CFLAGS += -fno-tree-forwprop -fno-expensive-optimizations -fno-early-inlining
HYP_CFLAGS += -fomit-frame-pointer $(HYP_EXTRA)

hypervisor: $(HYP_ELF)

$(HYP_OUT)/%.o: $(HYP_DIR)/%.c hypervisor/hypervisor.mk
	@mkdir -p $(@D)
	$(CROSS)gcc $(HYP_CFLAGS) -MMD -MP -g -c $< -o $@

# Offsets for assembly, as the compiler lays structures out
$(HYP_OUT)/offsets.h: $(HYP_DIR)/offsets.c
	@mkdir -p $(@D)
	$(CROSS)gcc $(HYP_CFLAGS) -fno-lto -MMD -MP -MT $@ -MF $(HYP_OUT)/offsets.d -S $< -o $(HYP_OUT)/offsets.s
	sed -n 's/^->\([A-Z0-9_]*\) \(.*\)/#define \1 \2/p' $(HYP_OUT)/offsets.s > $@.tmp
	@mv $@.tmp $@

$(HYP_OUT)/%.o: $(HYP_DIR)/%.S $(HYP_OUT)/offsets.h
	@mkdir -p $(@D)
	$(CROSS)gcc -mcpu=cortex-a53 -I$(HYP_DIR) -I$(HYP_OUT) -MMD -MP -g -c $< -o $@

# Linked twice: what the first program's functions measure decides which fill the vectors.
HYP_LINK = $(CROSS)gcc $(HYP_CFLAGS) -g -nostdlib -static -no-pie -Wl,--gc-sections,--build-id=none,-z,noexecstack \
	-Wl,-z,max-page-size=4096 -Wl,-T,$(HYP_DIR)/core.ld

$(HYP_ELF): $(HYP_OBJ) $(HYP_DIR)/core.ld hypervisor/size hypervisor/fill-vectors
	@mkdir -p $(HYP_OUT)/first $(HYP_OUT)/filled
	@hypervisor/fill-vectors $(CROSS) $(HYP_OUT)/trap/vectors.o > $(HYP_OUT)/first/vectors.ld
	$(HYP_LINK) -L$(HYP_OUT)/first $(HYP_OBJ) -o $(HYP_OUT)/first/hypervisor.elf
	@hypervisor/fill-vectors $(CROSS) $(HYP_OUT)/trap/vectors.o $(HYP_OUT)/first/hypervisor.elf > $(HYP_OUT)/filled/vectors.ld
	$(HYP_LINK) -L$(HYP_OUT)/filled $(HYP_OBJ) -o $@.tmp
	@hypervisor/size $(HYP_SIZES) $(CROSS) $@.tmp
	@mv $@.tmp $@

size: $(HYP_ELF)
	@hypervisor/size $(HYP_SIZES) --list $(CROSS) $(HYP_ELF)

-include $(HYP_OBJ:.o=.d) $(HYP_OUT)/offsets.d

UNIT += vgic turn a32_state rsi el2 trap
# EL2 as it is, but what is the machine's
el2_SRC := $(addprefix tests/unit/el2/,machine.c machine_gic.c guests.c) $(addprefix $(HYP_DIR)/,vgic/vgic.c vgic/vgic_lr.c \
	vgic/vgic_regs.c vgic/vgic_hw.c cpu/trace.c $(addprefix vm/,turn.c block.c settle.c wake.c irq.c vgic_link.c switch.c sched.c \
	post.c virtio.c life.c) call/psci.c call/suspend.c trap/mmio.c)
el2_CFLAGS := -include tests/unit/el2/host.h -D_GNU_SOURCE -Wno-unused -Itests/unit -I$(HYP_DIR)
# One step of it at a time
trap_SRC := $(addprefix $(HYP_DIR)/,vgic/vgic.c vgic/vgic_lr.c vgic/vgic_regs.c vgic/vgic_hw.c cpu/gic.c \
	$(addprefix vm/,block.c settle.c wake.c vgic_link.c switch.c post.c virtio.c) \
	call/psci.c $(addprefix trap/,abort.c mmio.c sysreg.c guest.c a32_state.c))
trap_CFLAGS := $(el2_CFLAGS)
a32_state_SRC := $(HYP_DIR)/trap/a32_state.c
a32_state_CFLAGS := -Itests/unit -I$(HYP_DIR)
turn_SRC := $(HYP_DIR)/vm/turn.c
turn_CFLAGS := -I$(HYP_DIR)
rsi_CFLAGS := -Wno-unused-function -I$(HYP_DIR)
vgic_SRC := tests/unit/vgic_machine.c tests/unit/vgic_model.c $(addprefix $(HYP_DIR)/vgic/,vgic.c vgic_lr.c vgic_regs.c)
vgic_CFLAGS := -Itests/unit -I$(HYP_DIR)

.PHONY: hypervisor size
