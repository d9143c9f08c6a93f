/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PSCI (Arm DEN0022) and SMCCC (DEN0028) on four CPUs. */
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define CPUS    4
#define NO_CPU  77
#define ROUNDS  200
#define UNKNOWN 0x8400ffffu

int main(uint64_t dtb);

static volatile uint32_t seen[CPUS];
static volatile uint32_t release[CPUS];

void secondary_main(unsigned cpu)
{
    if (cpu == cpu_number()) {
        seen[cpu] = seen[cpu] + 1;
    }
    wait_until(&release[cpu], seen[cpu], 20000);
}

static int64_t affinity(unsigned cpu)
{
    return psci_call(PSCI_AFFINITY_INFO, cpu, 0, 0);
}

static bool wait_for_state(unsigned cpu, int64_t state)
{
    uint64_t end = ticks() + ms_to_ticks(5000);

    while (affinity(cpu) != state) {
        if (ticks() > end) {
            return false;
        }
        relax();
    }
    return true;
}

static void test_versions(void)
{
    int64_t version = psci_call(PSCI_VERSION, 0, 0, 0);

    tap_note("PSCI version", (uint64_t)version);
    tap_ok(version >= 0x10000, "PSCI is version 1.0 or later");
    tap_is((uint64_t)psci_call(PSCI_FEATURES, PSCI_CPU_ON, 0, 0), 0, "CPU_ON is there");
    tap_is((uint64_t)psci_call(PSCI_FEATURES, PSCI_SYSTEM_OFF, 0, 0), 0, "SYSTEM_OFF is there");
    tap_is((uint64_t)psci_call(PSCI_FEATURES, UNKNOWN, 0, 0), (uint64_t)PSCI_NOT_SUPPORTED,
           "FEATURES of an unknown function");
    tap_is((uint64_t)psci_call(UNKNOWN, 0, 0, 0), (uint64_t)PSCI_NOT_SUPPORTED,
           "an unknown function");
    if (under_phonebooth()) {
        tap_is((uint64_t)psci_call(PSCI_VERSION, 0, 0, 0), 0x10001, "PSCI is version 1.1");
        tap_is((uint64_t)psci_call(SMCCC_VERSION, 0, 0, 0), 0x10001, "SMCCC is version 1.1");
        tap_is((uint64_t)psci_call_smc(PSCI_VERSION, 0, 0, 0), 0x10001, "SMC is answered too");
    }
}

static void test_errors(void)
{
    tap_is((uint64_t)affinity(0), PSCI_STATE_ON, "AFFINITY_INFO: this CPU is on");
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        tap_is((uint64_t)affinity(cpu), PSCI_STATE_OFF, "AFFINITY_INFO: the others are off");
    }
    tap_is((uint64_t)affinity(NO_CPU), (uint64_t)PSCI_INVALID_PARAMETERS,
           "AFFINITY_INFO of a CPU that is not there");
    tap_is((uint64_t)psci_cpu_on(0), (uint64_t)PSCI_ALREADY_ON, "CPU_ON of this CPU");
    tap_is((uint64_t)psci_cpu_on(NO_CPU), (uint64_t)PSCI_INVALID_PARAMETERS,
           "CPU_ON of a CPU that is not there");
    tap_is((uint64_t)psci_cpu_on(0x100), (uint64_t)PSCI_INVALID_PARAMETERS,
           "CPU_ON of an affinity that is not there");
}

/* Starts CPU `cpu` for the `round`th time, lets it go and waits until it is off. */
static void test_on_off(unsigned cpu, uint32_t round)
{
    tap_is((uint64_t)psci_cpu_on(cpu), 0, "CPU_ON");
    tap_ok(wait_until(&seen[cpu], round, 5000), "it runs with its context id");
    tap_is((uint64_t)affinity(cpu), PSCI_STATE_ON, "AFFINITY_INFO: on");
    tap_is((uint64_t)psci_cpu_on(cpu), (uint64_t)PSCI_ALREADY_ON, "CPU_ON again: already on");
    release[cpu] = round;
    tap_ok(wait_for_state(cpu, PSCI_STATE_OFF), "CPU_OFF");
}

static void test_storm(void)
{
    uint32_t before = seen[1];

    for (unsigned i = 1; i <= ROUNDS; i++) {
        int64_t result;

        release[1] = before + i;
        result = psci_cpu_on(1);
        if (result || !wait_until(&seen[1], before + i, 2000) ||
            !wait_for_state(1, PSCI_STATE_OFF)) {
            tap_note("CPU_ON said", (uint64_t)result);
            tap_note("AFFINITY_INFO says", (uint64_t)affinity(1));
            tap_is(i, ROUNDS, "a CPU that is off can be switched on, again and again");
            return;
        }
    }
    tap_ok(true, "a CPU that is off can be switched on, again and again");
}

/* A timer interrupt in `ms`. */
static void arm_timer(uint64_t ms)
{
    write_sysreg(cntv_cval_el0, ticks() + ms_to_ticks(ms));
    write_sysreg(cntv_ctl_el0, 1);
}

static void set_up_timer(void)
{
    gic_init();
    gic_init_cpu();
    gic_enable(INTID_VIRTUAL_TIMER);
}

static void test_denied(void)
{
    tap_is((uint64_t)psci_cpu_on(1), 0, "CPU_ON");
    tap_is((uint64_t)(int32_t)psci_system_suspend(1), (uint64_t)PSCI_DENIED,
           "SYSTEM_SUSPEND with another CPU on");
    release[1] = ~0u;
    tap_ok(wait_for_state(1, PSCI_STATE_OFF), "CPU_OFF");
}

static void test_suspend(void)
{
    uint64_t before = ticks();

    if (psci_call(PSCI_FEATURES, PSCI_SYSTEM_SUSPEND, 0, 0) ||
        psci_call(PSCI_FEATURES, PSCI_SYSTEM_SUSPEND_32, 0, 0)) {
        tap_ok(!under_phonebooth(), "SYSTEM_SUSPEND is for the hypervisor to offer");
        return;
    }
    test_denied();
    set_up_timer();
    arm_timer(50);
    write_sysreg(tpidr_el1, 0x51ee9);
    tap_is((uint64_t)psci_system_suspend(0x5eed), 0x5eed, "SYSTEM_SUSPEND: on with its context id");
    tap_ok(ticks() - before >= ms_to_ticks(50), "it slept till the interrupt");
    tap_is(read_sysreg(tpidr_el1), 0, "registers are as after reset");
    tap_is(read_sysreg(daif), 0x3c0, "exceptions are masked");
    tap_is(gic_get(GIC_ISENABLER, INTID_VIRTUAL_TIMER), 1, "the interrupt controller is as it was");
    gic_init_cpu();
    arm_timer(0);
    tap_is((uint64_t)psci_system_suspend(1), 1, "with an interrupt pending it does not sleep");
    write_sysreg(cntv_ctl_el0, 0);
}

int main(uint64_t dtb)
{
    (void)dtb;
    test_versions();
    test_errors();
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        test_on_off(cpu, 1);
    }
    test_on_off(2, 2);
    test_storm();
    test_suspend();
    return 0;
}
