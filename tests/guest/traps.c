/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a guest gets for what it may not do: an exception of its own, at the right vector. */
#include "phonebooth/hypercall.h"
#include "lib/exception.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define RTC_LOAD (RTC_BASE + 0x08)

int main(uint64_t dtb);

static void check_abort(const struct trap *trap, uint32_t class, uint64_t address)
{
    tap_is(trap->count, 1, "exactly one exception");
    tap_is(trap->vector, VECTOR_SYNC, "at the synchronous vector of this level");
    tap_is(trap_class(trap), class, "of the right class");
    tap_is(trap_fault(trap), FSC_EXTERNAL_ABORT, "a synchronous external abort");
    tap_is(trap->far, address, "FAR has the address");
}

static void test_read(uint64_t address)
{
    struct trap trap = try_read32(address);

    tap_note("read", address);
    check_abort(&trap, EC_DATA_ABORT, address);
    tap_is(trap.esr & ESR_WNR, 0, "ESR says read");
}

static void test_write(uint64_t address)
{
    struct trap trap = try_write32(address, 1);

    tap_note("write", address);
    check_abort(&trap, EC_DATA_ABORT, address);
    tap_is(trap.esr & ESR_WNR, ESR_WNR, "ESR says write");
}

static void test_fetch(uint64_t address)
{
    struct trap trap = try_call(address);

    tap_note("fetch", address);
    check_abort(&trap, EC_INSTRUCTION_ABORT, address);
    tap_is(trap.elr, address, "ELR has the address");
}

/* Forms that leave no decoded syndrome must abort as well, and change nothing. */
static void test_forms(void)
{
    uint64_t address = NOTHING, a = 1, b = 2;

    exception_expect();
    __asm__ volatile("ldp %0, %1, [%2]" : "+r"(a), "+r"(b) : "r"(address) : "memory");
    tap_is(exception_taken().count, 1, "ldp aborts");
    tap_ok(a == 1 && b == 2, "and loads nothing");
    exception_expect();
    __asm__ volatile("stp %0, %1, [%2]" ::"r"(a), "r"(b), "r"(address) : "memory");
    tap_is(exception_taken().count, 1, "stp aborts");
    exception_expect();
    __asm__ volatile("ldr %w0, [%1], #4" : "+r"(a), "+r"(address)::"memory");
    tap_is(exception_taken().count, 1, "a load with writeback aborts");
    tap_is(address, NOTHING, "and writes nothing back");
    exception_expect();
    __asm__ volatile("ldrb %w0, [%1]" : "+r"(a) : "r"(address) : "memory");
    tap_is(exception_taken().count, 1, "a byte load aborts");
}

static void test_undefined(void)
{
    struct trap trap;

    exception_expect();
    __asm__ volatile("mrs x0, S3_3_C15_C7_7" ::: "x0");
    trap = exception_taken();
    tap_is(trap.count, 1, "reading a system register that is not there traps");
    tap_is(trap.vector, VECTOR_SYNC, "at the synchronous vector of this level");
    tap_is(trap_class(&trap), EC_UNKNOWN, "as an undefined instruction");
    exception_expect();
    __asm__ volatile("msr S3_3_C15_C7_7, x0");
    tap_is(exception_taken().count, 1, "writing it traps");
    exception_expect();
    __asm__ volatile(".inst 0");
    trap = exception_taken();
    tap_is(trap_class(&trap), EC_UNKNOWN, "udf is undefined");
    exception_expect();
    __asm__ volatile("mrs x0, vttbr_el2" ::: "x0");
    trap = exception_taken();
    tap_is(trap_class(&trap), EC_UNKNOWN, "a register of EL2 is undefined");
}

/* What belongs to EL2 and EL3: each of these is undefined, whatever it is given. */
static void test_not_ours(void)
{
#define EACH(X)                 \
    X("mrs x9, hcr_el2")        \
    X("msr hcr_el2, xzr")       \
    X("mrs x9, sctlr_el2")      \
    X("msr vbar_el2, xzr")      \
    X("mrs x9, elr_el2")        \
    X("mrs x9, esr_el2")        \
    X("mrs x9, tpidr_el2")      \
    X("msr cntvoff_el2, xzr")   \
    X("mrs x9, cnthp_cval_el2") \
    X("msr cnthctl_el2, xzr")   \
    X("msr mdcr_el2, xzr")      \
    X("mrs x9, ich_lr0_el2")    \
    X("msr ich_hcr_el2, xzr")   \
    X("msr vmpidr_el2, xzr")    \
    X("mrs x9, sp_el1")         \
    X("msr cptr_el2, xzr")      \
    X("msr ttbr0_el2, xzr")     \
    X("tlbi alle1")             \
    X("tlbi alle1is")           \
    X("tlbi alle2")             \
    X("tlbi vmalls12e1")        \
    X("tlbi vmalls12e1is")      \
    X("tlbi ipas2e1, x9")       \
    X("at s12e1r, x9")          \
    X("at s1e2r, x9")           \
    X("mrs x9, scr_el3")
#define TRY(code)                                                          \
    exception_expect();                                                    \
    __asm__ volatile(code ::: "x9", "memory");                             \
    {                                                                      \
        struct trap trap_ = exception_taken();                             \
        tries++;                                                           \
        undefined += trap_.count == 1 && trap_class(&trap_) == EC_UNKNOWN; \
    }
    unsigned tries = 0, undefined = 0;

    EACH(TRY)
    tap_is(undefined, tries, "registers, TLB and address operations of EL2 and EL3 are undefined");
#undef TRY
#undef EACH
}

/* SPSR_EL1 of a level that is not below this one: the return is illegal and ends at this level. */
static void test_return(void)
{
    static const uint64_t levels[] = {0x3c9, 0x3c8, 0x3cd, 0x3cc, 0x3c2, 0x3da, 0x3d6};
    unsigned illegal = 0;

    for (unsigned i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
        struct trap trap;

        exception_expect();
        __asm__ volatile(
            "adr x9, 1f\n\tmsr elr_el1, x9\n\tmsr spsr_el1, %0\n\tisb\n\teret\n1:\tnop" ::"r"(
                levels[i])
            : "x9", "memory");
        trap = exception_taken();
        illegal += trap.count == 1 && trap_class(&trap) == EC_ILLEGAL_STATE;
    }
    tap_is(illegal, sizeof(levels) / sizeof(*levels),
           "no return to EL2, EL3, Hyp and Monitor mode");
    tap_is(read_sysreg(currentel) >> 2, 1, "this is still EL1");
}

/* Performance monitors would tell of other VMs: they are there, and empty. */
static void test_empty(void)
{
#define EACH(X)       \
    X(pmcr_el0)       \
    X(pmccntr_el0)    \
    X(pmcntenset_el0) \
    X(pmselr_el0)     \
    X(pmxevtyper_el0) \
    X(pmxevcntr_el0)  \
    X(pmccfiltr_el0)  \
    X(pmuserenr_el0)  \
    X(pmintenset_el1) \
    X(pmovsset_el0)   \
    X(dbgbvr2_el1)    \
    X(dbgbcr2_el1)    \
    X(dbgwvr2_el1)    \
    X(dbgwcr2_el1)    \
    X(mdccint_el1)
#define TRY(name)              \
    write_sysreg(name, ~0ull); \
    found |= read_sysreg(name);
    uint64_t found = 0;

    exception_expect();
    EACH(TRY)
    tap_is(found, 0, "performance monitors, and breakpoints that there are none of, stay zero");
    tap_is(exception_taken().count, 0, "and are no error");
#undef TRY
#undef EACH
}

static void test_harmless(void)
{
    uint64_t here = (uint64_t)&main;

    exception_expect();
    __asm__ volatile("dc isw, %0\n\tdc csw, %0\n\tdc cisw, %0" ::"r"(0ull) : "memory");
    tap_is(exception_taken().count, 0, "cache maintenance by set and way is allowed");
    exception_expect();
    __asm__ volatile("dc civac, %0\n\tic ialluis\n\ttlbi vmalle1is\n\tdsb sy\n\tisb" ::"r"(here)
                     : "memory");
    tap_is(exception_taken().count, 0, "so is cache and TLB maintenance by address");
    exception_expect();
    read_sysreg(id_aa64pfr0_el1);
    read_sysreg(id_aa64mmfr0_el1);
    read_sysreg(id_aa64isar0_el1);
    read_sysreg(ctr_el0);
    read_sysreg(midr_el1);
    tap_is(exception_taken().count, 0, "so are the identification registers");
    exception_expect();
    read_sysreg(mdscr_el1);
    write_sysreg(oslar_el1, 0);
    write_sysreg(mdscr_el1, 0);
    tap_is(exception_taken().count, 0, "so are the debug registers that Linux touches");
    exception_expect();
    read32(GICD_BASE + 0x00c0);
    write32(GICD_BASE + 0x00c0, 1);
    tap_is(exception_taken().count, 0, "a reserved distributor register is read and ignored");
}

static void test_calls(void)
{
    tap_is((uint64_t)psci_call(0x12345678, 0, 0, 0), (uint64_t)PSCI_NOT_SUPPORTED,
           "an HVC that nobody knows is not supported");
    if (!under_phonebooth()) {
        return;
    }
    tap_is((uint64_t)psci_call_smc(0x12345678, 0, 0, 0), (uint64_t)PSCI_NOT_SUPPORTED,
           "an SMC that nobody knows is not supported");
    tap_is((uint64_t)psci_call(PB_CALL_VM_STOP, 0, 0, 0), (uint64_t)PB_E_DENIED,
           "a guest may not stop a VM");
}

static void test_clock(void)
{
    uint32_t before = read32(RTC_BASE);
    struct trap trap = try_write32(RTC_LOAD, 12345);

    tap_is(trap.count, 0, "setting the clock is no error");
    tap_ok(read32(RTC_BASE) - before <= 2, "and has no effect");
}

static void test_alive(void)
{
    gic_init();
    gic_init_cpu();
    gic_enable(INTID_VIRTUAL_TIMER);
    write_sysreg(cntv_cval_el0, ticks());
    write_sysreg(cntv_ctl_el0, 1);
    tap_is(gic_wait(1000), INTID_VIRTUAL_TIMER, "after all that the timer still works");
    write_sysreg(cntv_ctl_el0, 0);
    gic_end(INTID_VIRTUAL_TIMER);
}

int main(uint64_t dtb)
{
    (void)dtb;
    test_read(NOTHING);
    test_read(NOTHING + 0xffc);
    test_write(NOTHING);
    test_fetch(NOTHING);
    test_forms();
    test_undefined();
    test_return();
    test_harmless();
    test_calls();
    if (under_phonebooth()) {
        test_read(0x8000000000);
        test_write(0x7ffffffffc);
        test_clock();
        test_not_ours();
        test_empty();
    } else {
        tap_skip("the clock is read only", "no hypervisor");
    }
    test_alive();
    return 0;
}
