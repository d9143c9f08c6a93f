/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * AArch32 at EL1: how it starts, exceptions that a hypervisor injects, instructions that it traps,
 * interrupts, timers, PSCI. A neighbour in AArch64 has the same CPU.
 */
#include "../lib/gic.h"
#include "../lib/platform.h"
#include "../lib/psci.h"
#include "../lib/tap.h"
#include "exception.h"
#include "registers.h"
#include "sweep.h"
#include "t32.h"
#include "vectors.h"

#define CPUS               4
#define PSCI_CPU_ON32      0x84000003u
#define PSCI_AFFINITY32    0x84000004u
#define FDT_MAGIC          0xedfe0dd0u /* big endian */
#define FSR_SHORT          0x008u
#define FSR_LPAE           0x210u
#define FSR_MASK(fsr)      ((fsr)&0x200 ? 0x23fu : 0x60fu) /* without WnR, domain, ExT */
#define TTBCR_EAE          (1u << 31)
#define SCTLR_TE           (1u << 30)
#define SGI                3u
#define EXAMPLE_PRIORITIES 0xa0a0a0a0u

uint32_t boot_registers[4]; /* r0, r1, r2, CPSR: start.S */

volatile uint32_t entered_t32; /* times; start.S */
static volatile uint32_t started[CPUS], release[CPUS];
static volatile uint32_t irqs[CPUS], last_intid[CPUS];

int main(void);
extern uint32_t vectors[], vectors_t32[];
void secondary_entry(void);
void secondary_entry_t32(void);

void secondary_main(unsigned cpu)
{
    gic_init_cpu();
    gic_enable(SGI);
    irq_enable();
    started[cpu]++;
    wait_until(&release[cpu], started[cpu], 20000);
    irq_disable();
}

static void on_irq(uint32_t intid)
{
    unsigned cpu = cpu_number();

    if (intid == INTID_VIRTUAL_TIMER) {
        write_cp15(c14, 0, c3, 1, 0);
    }
    if (intid == INTID_PHYSICAL_TIMER) {
        write_cp15(c14, 0, c2, 1, 0);
    }
    last_intid[cpu] = intid;
    irqs[cpu]++;
}

static void test_start(void)
{
    tap_is(boot_registers[0], 0, "r0 is 0");
    tap_is(boot_registers[1], ~0u, "r1 names no machine");
    tap_is(read32(boot_registers[2]), FDT_MAGIC, "r2 is the device tree");
    tap_is(boot_registers[3] & CPSR_MODE, MODE_SVC, "Supervisor mode");
    tap_is(boot_registers[3] & (CPSR_I | CPSR_A | CPSR_F), CPSR_I | CPSR_A | CPSR_F,
           "A, I, F masked");
    tap_is(read_cp15(c1, 0, c0, 0) & 0x2005, 0, "SCTLR: M, C, V are 0");
}

static void test_undefined(uint32_t (*deed)(void), bool t32, const char *what)
{
    struct trap trap;
    uint32_t address;

    exception_expect();
    __asm__ volatile("msr cpsr_fs, %0" ::"r"(0xa8050000) : "cc");
    address = deed();
    trap = exception_taken();
    tap_is(trap.count, 1, what);
    tap_is(trap.vector, VECTOR_UNDEFINED, "  vector");
    tap_is(trap.lr, address + (t32 ? 2 : 4), "  LR_und");
    tap_is(trap.cpsr & (CPSR_MODE | CPSR_I | CPSR_T), MODE_UND | CPSR_I, "  CPSR");
    tap_is(trap.spsr & (CPSR_MODE | CPSR_T), MODE_SVC | (t32 ? CPSR_T : 0), "  SPSR_und");
    tap_is(trap.spsr & 0xf80f0000, 0xa8050000, "  SPSR_und has the flags");
    tap_is((trap.cpsr ^ trap.spsr) & (CPSR_A | CPSR_F), 0, "  A and F are as before");
}

static void test_data_abort(uint32_t (*deed)(uint32_t), bool t32, uint32_t fsr, bool write,
                            const char *what)
{
    const uint32_t ifar = 0x12345678;
    uint32_t where;
    struct trap trap;

    write_cp15(c6, 0, c0, 2, ifar);
    exception_expect();
    where = deed((uint32_t)NOTHING + 8);
    trap = exception_taken();
    tap_is(trap.vector, VECTOR_DATA_ABORT, what);
    tap_is(trap.lr, where + 8, "  LR_abt");
    tap_is(trap.dfsr & (FSR_MASK(fsr) | DFSR_WNR), fsr | (write ? DFSR_WNR : 0), "  DFSR");
    tap_is(trap.dfar, NOTHING + 8, "  DFAR");
    tap_is(trap.ifar, ifar, "  IFAR as before");
    tap_is(trap.cpsr & (CPSR_MODE | CPSR_I | CPSR_A), MODE_ABT | CPSR_I | CPSR_A, "  CPSR");
    tap_is(trap.spsr & (CPSR_MODE | CPSR_T), MODE_SVC | (t32 ? CPSR_T : 0), "  SPSR_abt");
}

static void test_prefetch_abort(uint32_t fsr)
{
    const uint32_t dfar = 0x87654321;
    struct trap trap;

    write_cp15(c6, 0, c0, 0, dfar);
    exception_expect();
    __asm__ volatile("blx %0" ::"r"((uint32_t)NOTHING) : "lr", "memory");
    trap = exception_taken();
    tap_is(trap.vector, VECTOR_PREFETCH_ABORT, "a fetch from nowhere: prefetch abort");
    tap_is(trap.lr, NOTHING + 4, "  LR_abt");
    tap_is(trap.ifsr & FSR_MASK(fsr), fsr, "  IFSR");
    tap_is(trap.ifar, NOTHING, "  IFAR");
    tap_is(trap.dfar, dfar, "  DFAR as before");
    tap_is(trap.cpsr & (CPSR_MODE | CPSR_I | CPSR_A), MODE_ABT | CPSR_I | CPSR_A, "  CPSR");
}

static void test_aborts(void)
{
    test_data_abort(a32_load, false, FSR_SHORT, false, "A32 load from nowhere: data abort");
    test_data_abort(a32_store, false, FSR_SHORT, true, "A32 store to nowhere");
    test_data_abort(a32_load_many, false, FSR_SHORT, false, "LDM from nowhere");
    test_data_abort(t32_load, true, FSR_SHORT, false, "T32 load from nowhere");
    test_data_abort(t32_store, true, FSR_SHORT, true, "T32 store to nowhere");
    test_prefetch_abort(FSR_SHORT);
    write_cp15(c2, 0, c0, 2, TTBCR_EAE);
    test_data_abort(a32_store, false, FSR_LPAE, true, "TTBCR.EAE: the long format; data abort");
    test_prefetch_abort(FSR_LPAE);
    write_cp15(c2, 0, c0, 2, 0);
}

/* With translation, so that there is memory at 0xffff0000. */
static void test_high_vectors(void)
{
    struct trap trap;

    vectors_high();
    exception_expect();
    a32_undefined();
    trap = exception_taken();
    tap_is(trap.vector, VECTOR_UNDEFINED, "SCTLR.V: undefined at 0xffff0004");
    exception_expect();
    a32_load((uint32_t)NOTHING);
    trap = exception_taken();
    tap_is(trap.vector, VECTOR_DATA_ABORT, "  data abort at 0xffff0010, translation on");
    tap_is(trap.dfsr & FSR_MASK(FSR_SHORT), FSR_SHORT, "  DFSR");
    vectors_low();
}

/* Vectors in T32, where only T32 code is. */
static void test_thumb_vectors(void)
{
    struct trap trap;

    write_cp15(c12, 0, c0, 0, (uint32_t)vectors_t32);
    write_cp15(c1, 0, c0, 0, read_cp15(c1, 0, c0, 0) | SCTLR_TE);
    exception_expect();
    a32_undefined();
    trap = exception_taken();
    tap_is(trap.vector, VECTOR_UNDEFINED, "SCTLR.TE: undefined, in T32");
    exception_expect();
    a32_load((uint32_t)NOTHING);
    trap = exception_taken();
    tap_is(trap.vector, VECTOR_DATA_ABORT, "  data abort");
    write_cp15(c1, 0, c0, 0, read_cp15(c1, 0, c0, 0) & ~SCTLR_TE);
    write_cp15(c12, 0, c0, 0, (uint32_t)vectors);
}

static void test_conditions(void)
{
    uint32_t value = 77;

    tap_is(t32_block_mrc(1), 0x5, "IT block, first one a trapped MRC: then");
    tap_is(t32_block_mrc(0), 0xa, "  else");
    tap_is(t32_block_ldr(1), 0x5, "IT block, first one a 16-bit LDR of a device: then");
    tap_is(t32_block_ldr(0), 0xa, "  else");
    __asm__ volatile("cmp %0, #0\n\tmrceq p15, 0, %0, c1, c0, 1" : "+r"(value)::"cc");
    tap_is(value, 77, "A32 MRC that fails its condition");
    __asm__ volatile("cmp %0, #0\n\twfieq" ::"r"(value) : "cc");
    tap_ok(true, "A32 WFI that fails its condition");
}

static void test_registers(void)
{
    uint32_t mvfr0;

    write_cp15(c1, 0, c0, 2, 0xf << 20);
    __asm__ volatile("vmsr fpexc, %1\n\tvmrs %0, mvfr0" : "=r"(mvfr0) : "r"(1u << 30));
    tap_is(mvfr0 & 0xff, 0x22, "MVFR0: 32 double registers");
    tap_is(read_cp15(c0, 0, c1, 0) & 0xff, 0x31, "ID_PFR0: A32, T32");
    tap_is(read_cp15(c0, 0, c4, 0), 0, "a reserved ID register is zero");
    tap_ok(read_cp15(c0, 0, c2, 0) != 0, "ID_ISAR0 is not");
    if (under_phonebooth()) {
        uint32_t didr, dscr, bvr;

        __asm__ volatile("mrc p14, 0, %0, c0, c0, 0" : "=r"(didr));
        tap_is(didr, 0x11068000, "DBGDIDR: two break- and watchpoints");
        __asm__ volatile("mcr p14, 0, %2, c0, c2, 2\n\tmrc p14, 0, %0, c0, c1, 0\n\t"
                         "mcr p14, 0, %2, c0, c1, 4\n\tmrc p14, 0, %1, c0, c1, 4\n\t"
                         "mcr p14, 0, %3, c0, c2, 2\n\tmcr p14, 0, %3, c0, c1, 4"
                         : "=&r"(dscr), "=&r"(bvr)
                         : "r"(1u << 15), "r"(0));
        tap_is(dscr >> 15 & 1, 1, "DBGDSCRint shows MDBGen of DBGDSCRext");
        tap_is(bvr, 1u << 15, "DBGBVR1 reads as written");
        tap_is(read_cp15(c0, 0, c1, 1) & 0xf0f0, 0, "ID_PFR1: no EL2, no EL3");
        tap_is(read_cp15(c0, 0, c1, 2) >> 24, 0, "ID_DFR0: no PMU");
        tap_is(read_cp15(c9, 0, c12, 0), 0, "PMCR is zero");
        write_cp15(c9, 0, c12, 0, 1);
        tap_is(read_cp15(c14, 0, c8, 0), 0, "PMEVCNTR0 is zero");
    }
}

static void check_sweep(struct sweep sweep, uint32_t all, const char *what)
{
    tap_is(sweep.other, 0, what);
    tap_is(sweep.read + sweep.undefined, all, "  each one is read or undefined");
    tap_ok(sweep.read > 0 && sweep.undefined > 0, "  some are, some are not");
    tap_note("read", sweep.read);
}

static void test_all_registers(void)
{
    check_sweep(sweep_mrc(15), 8 * 16 * 16 * 8, "MRC of every register of CP15");
    check_sweep(sweep_mrc(14), 8 * 16 * 16 * 8, "MRC of every register of CP14");
    check_sweep(sweep_mrrc(), 16 * 16, "MRRC of every register of CP15");
}

static void test_devices(void)
{
    uint64_t priorities = GICR_BASE + GICR_SGI + GIC_IPRIORITYR;
    uint32_t value;

    write32(priorities, EXAMPLE_PRIORITIES);
    tap_is(a32_load_each((uint32_t)priorities, EXAMPLE_PRIORITIES), 0,
           "a device's register comes to every register that names it");
    write8(priorities + 1, 0x60);
    __asm__ volatile("ldrb %0, [%1]" : "=r"(value) : "r"((uint32_t)priorities + 1));
    tap_is(value, 0x60, "LDRB");
    __asm__ volatile("ldrsb %0, [%1]" : "=r"(value) : "r"((uint32_t)priorities));
    tap_is(value, 0xffffffa0, "LDRSB");
    tap_is(read32(priorities), 0xa0a060a0, "LDR");
    __asm__ volatile("setend be\n\tldr %0, [%1]\n\tsetend le"
                     : "=r"(value)
                     : "r"((uint32_t)priorities));
    tap_is(value, 0xa060a0a0, "LDR after SETEND BE");
}

static void test_sgi(void)
{
    uint32_t before = irqs[0];

    irq_enable();
    gic_send_sgi(SGI, 1);
    tap_ok(wait_until(&irqs[0], before + 1, 1000), "SGI to itself by MCRR");
    tap_is(last_intid[0], SGI, "  INTID");
    irq_disable();
    write_cp15(c12, 0, c12, 4, 2); /* ICC_CTLR.EOImode */
    gic_send_sgi(SGI, 1);
    tap_is(gic_wait(1000), SGI, "SGI again, EOI mode 1");
    gic_end(SGI);
    tap_ok(gic_get(GIC_ISACTIVER, SGI), "  active until");
    write_cp15(c12, 0, c11, 1, SGI);
    tap_ok(!gic_get(GIC_ISACTIVER, SGI), "  ICC_DIR");
    write_cp15(c12, 0, c12, 4, 0);
}

static void test_timers(void)
{
    uint32_t before = irqs[0];

    gic_enable(INTID_VIRTUAL_TIMER);
    gic_enable(INTID_PHYSICAL_TIMER);
    write_cp15(c14, 0, c3, 0, (uint32_t)ms_to_ticks(5)); /* CNTV_TVAL, CTL */
    write_cp15(c14, 0, c3, 1, 1);
    wait_for_interrupt();
    irq_enable();
    tap_ok(wait_until(&irqs[0], before + 1, 1000), "virtual timer ends WFI");
    tap_is(last_intid[0], INTID_VIRTUAL_TIMER, "  INTID");
    write_cp15(c14, 0, c2, 0, (uint32_t)ms_to_ticks(5)); /* CNTP */
    write_cp15(c14, 0, c2, 1, 1);
    tap_ok(wait_until(&irqs[0], before + 2, 1000), "physical timer");
    tap_is(last_intid[0], INTID_PHYSICAL_TIMER, "  INTID");
    irq_disable();
}

static bool goes_off(unsigned cpu)
{
    for (unsigned i = 0; i < 1000; i++) {
        if (psci_call(PSCI_AFFINITY32, cpu, 0, 0) == PSCI_STATE_OFF) {
            return true;
        }
        spin_ms(1);
    }
    return false;
}

static void test_cpu(unsigned cpu, void (*entry)(void), bool t32)
{
    uint32_t before = started[cpu], seen = irqs[cpu];

    tap_is((uint32_t)psci_call(PSCI_CPU_ON32, cpu, (uint32_t)entry, cpu), 0,
           t32 ? "CPU_ON, T32 entry" : "CPU_ON");
    tap_ok(wait_until(&started[cpu], before + 1, 5000), "  it runs with its context id");
    tap_is(entered_t32, t32, "  at that entry");
    tap_is((uint32_t)psci_call(PSCI_AFFINITY32, cpu, 0, 0), PSCI_STATE_ON, "  AFFINITY_INFO: on");
    gic_send_sgi(SGI, 1u << cpu);
    tap_ok(wait_until(&irqs[cpu], seen + 1, 2000), "  SGI to it");
    release[cpu] = started[cpu];
    tap_ok(goes_off(cpu), "  CPU_OFF");
}

static void test_psci(void)
{
    tap_ok(psci_call(PSCI_VERSION, 0, 0, 0) >= 0x10000, "PSCI_VERSION");
    tap_is((uint32_t)psci_call(0x8400001f, 0, 0, 0), (uint32_t)PSCI_NOT_SUPPORTED,
           "an unknown function");
    tap_is((uint32_t)psci_call(PSCI_CPU_ON32, 99, 0, 0), (uint32_t)PSCI_INVALID_PARAMETERS,
           "CPU_ON of no CPU");
    if (under_phonebooth()) {
        tap_ok(psci_call_smc(PSCI_VERSION, 0, 0, 0) >= 0x10000, "PSCI_VERSION by SMC");
    }
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        test_cpu(cpu, secondary_entry, false);
    }
    test_cpu(1, secondary_entry_t32, true);
}

static void busy(void)
{
    spin_ms(300);
}

int main(void)
{
    test_start();
    test_undefined(a32_undefined, false, "A32: undefined instruction");
    test_undefined(t32_undefined, true, "T32: undefined instruction");
    test_aborts();
    test_high_vectors();
    test_thumb_vectors();
    test_conditions();
    test_registers();
    test_all_registers();
    exception_on_irq(on_irq);
    gic_init();
    gic_init_cpu();
    gic_enable(SGI);
    test_devices();
    test_sgi();
    test_timers();
    test_psci();
    for (uint32_t seed = 1; seed <= 3; seed++) {
        tap_is(registers_try(seed, busy), 0, "system and FP registers are this guest's alone");
    }
    return 0;
}
