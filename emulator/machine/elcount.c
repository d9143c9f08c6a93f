/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exception classes: Arm DDI 0487, ESR_ELx.EC. */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "cpu.h"
#include "internals.h"
#include "hw/core/cpu.h"
#include "system/cpu-timers.h"
#include "machine/elcount.h"

static const char *const class_names[] = {
    [ELCOUNT_WFX] = "wfx",
    [ELCOUNT_FP] = "fp",
    [ELCOUNT_HVC] = "hvc",
    [ELCOUNT_SMC] = "smc",
    [ELCOUNT_SYSREG] = "sysreg",
    [ELCOUNT_INSTRUCTION_ABORT] = "instruction-abort",
    [ELCOUNT_DATA_ABORT] = "data-abort",
    [ELCOUNT_IRQ] = "irq",
    [ELCOUNT_FIQ] = "fiq",
    [ELCOUNT_SERROR] = "serror",
    [ELCOUNT_OTHER] = "other",
};

/* ESR_EL2.EC to class; 0 (ELCOUNT_WFX) is EC 0x01 only, see class_of_sync() */
static const uint8_t sync_classes[64] = {
    [0x01] = ELCOUNT_WFX,        [0x07] = ELCOUNT_FP,     [0x12] = ELCOUNT_HVC,
    [0x13] = ELCOUNT_SMC,        [0x16] = ELCOUNT_HVC,    [0x17] = ELCOUNT_SMC,
    [0x03] = ELCOUNT_SYSREG,     [0x18] = ELCOUNT_SYSREG, [0x20] = ELCOUNT_INSTRUCTION_ABORT,
    [0x24] = ELCOUNT_DATA_ABORT,
};

static struct elcount total; /* written by the vCPU thread only, which icount makes the only one */
static struct elcount base;  /* what of it was there at the last reset */
static int level[ELCOUNT_CPUS];       /* that each vCPU is at */
static uint64_t waited[ELCOUNT_CPUS]; /* of the interrupt that is there */
static bool answers[ELCOUNT_CPUS];    /* what EL2 executes is the answer to an interrupt */
static uint64_t longest_wait[ELCOUNT_CPUS];
static uint32_t waits[ELCOUNT_CPUS][ELCOUNT_WAIT_MAX + 1]; /* how many of each length */
static uint64_t
    path[ELCOUNT_CPUS]; /* what each vCPU executed at EL2 since it entered it or woke up */
/* Why each vCPU is at EL2; at its start for no exception. */
static enum elcount_class cause[ELCOUNT_CPUS] = {[0 ... ELCOUNT_CPUS - 1] = ELCOUNT_OTHER};

const char *elcount_class_name(enum elcount_class class)
{
    return class_names[class];
}

static void end_path(int index)
{
    uint64_t *longest = &total.longest[cause[index]];

    *longest = MAX(*longest, path[index]);
    path[index] = 0;
}

static bool interrupted(CPUState *cpu)
{
    return cpu->interrupt_request & CPU_INTERRUPT_HARD;
}

/* EL2 masks interrupts: an acknowledged one has its answer when a guest runs again. */
static void end_wait(CPUState *cpu)
{
    int index = cpu->cpu_index;

    if (waited[index] && !interrupted(cpu)) {
        waits[index][MIN(waited[index], ELCOUNT_WAIT_MAX)]++;
        longest_wait[index] = MAX(longest_wait[index], waited[index]);
        waited[index] = 0;
    }
    answers[index] = false;
}

static void on_executed(CPUState *cpu, int64_t count)
{
    int index = cpu->cpu_index;

    total.instructions[level[index]] += count;
    if (level[index] == 2) {
        total.el2[cause[index]] += count;
        path[index] += count;
        if (answers[index] || waited[index] || interrupted(cpu)) {
            waited[index] += count;
        }
        if (cpu->halted) { /* by WFI: what wakes it up begins another one */
            end_path(index);
            end_wait(cpu);
            answers[index] = true;
        }
    }
}

static enum elcount_class class_of_sync(ARMCPU *cpu)
{
    unsigned ec = extract32(cpu->env.cp15.esr_el[2], 26, 6);
    enum elcount_class class = sync_classes[ec];
    return class == ELCOUNT_WFX && ec != 0x01 ? ELCOUNT_OTHER : class;
}

static enum elcount_class class_of(ARMCPU *cpu)
{
    switch (CPU(cpu)->exception_index) {
    case EXCP_IRQ:
        return ELCOUNT_IRQ;
    case EXCP_FIQ:
        return ELCOUNT_FIQ;
    case EXCP_VSERR:
        return ELCOUNT_SERROR;
    default:
        return class_of_sync(cpu);
    }
}

/* What has run up to here ran at the level that is being left. */
static void before_change(ARMCPU *cpu, void *opaque)
{
    icount_get_raw();
}

static void leave(ARMCPU *cpu)
{
    int index = CPU(cpu)->cpu_index;

    if (!total.boot) {
        total.boot = total.instructions[2];
        memset(path, 0, sizeof(path)); /* start-up delays nobody */
    }
    end_path(index);
    end_wait(CPU(cpu));
}

static void after_change(ARMCPU *cpu, void *opaque)
{
    int index = CPU(cpu)->cpu_index;
    int now = arm_current_el(&cpu->env);

    if (now < 2 && level[index] == 2) {
        leave(cpu);
    }
    if (now == 2 && level[index] < 2) {
        cause[index] = class_of(cpu);
        total.exceptions[cause[index]]++;
        total.entries[index]++;
        answers[index] = cause[index] == ELCOUNT_IRQ;
    }
    level[index] = now;
}

void elcount_start(void)
{
    CPUState *cpu;

    if (!icount_enabled()) {
        return;
    }
    CPU_FOREACH (cpu) {
        g_assert(cpu->cpu_index < ELCOUNT_CPUS);
        arm_register_pre_el_change_hook(ARM_CPU(cpu), before_change, NULL);
        arm_register_el_change_hook(ARM_CPU(cpu), after_change, NULL);
        level[cpu->cpu_index] = arm_current_el(&ARM_CPU(cpu)->env);
    }
    icount_executed_hook = on_executed;
    total.on = true;
}

void elcount_sync(void)
{
    icount_get_raw();
}

static struct elcount_wait wait_of(unsigned cpu)
{
    struct elcount_wait result = {.max = longest_wait[cpu]};
    uint64_t longer = 0;

    for (unsigned i = 0; i <= ELCOUNT_WAIT_MAX; i++) {
        result.count += waits[cpu][i];
    }
    for (unsigned i = ELCOUNT_WAIT_MAX; i > 0 && result.p999 == 0; i--) {
        longer += waits[cpu][i];
        if (longer * 1000 > result.count) {
            result.p999 = i;
        }
    }
    return result;
}

void elcount_read(struct elcount *count, bool reset)
{
    struct elcount now = total;

    *count = now;
    for (unsigned i = 0; i < ELCOUNT_LEVELS; i++) {
        count->instructions[i] -= base.instructions[i];
    }
    for (unsigned i = 0; i < ELCOUNT_CLASSES; i++) {
        count->exceptions[i] -= base.exceptions[i];
        count->el2[i] -= base.el2[i];
    }
    for (unsigned i = 0; i < ELCOUNT_CPUS; i++) {
        count->wait[i] = wait_of(i);
        count->entries[i] -= base.entries[i];
    }
    if (reset) {
        base = now;
        memset(total.longest, 0, sizeof(total.longest));
        memset(longest_wait, 0, sizeof(longest_wait));
        memset(waits, 0, sizeof(waits));
    }
}
