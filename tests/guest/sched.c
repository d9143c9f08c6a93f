/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The CPU's time. The neighbour runs on CPU 0, above this guest, and never sleeps, but its budget
 * is 2 ms in each 10 ms. This guest has six vCPUs on four CPUs: the fifth is on CPU 0, too.
 */
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define CPUS      6
#define EQUAL     4 /* this vCPU shares CPU 0 */
#define WINDOW_MS 200
#define BUDGET_MS 2
#define PERIOD_MS 10
#define SLICE_MS  10

int main(uint64_t dtb);

static volatile uint32_t go[CPUS], ran[CPUS];

struct share {
    uint64_t permille; /* of the window that this vCPU had */
    uint64_t longest;  /* absence, in ticks */
    uint64_t absences;
};

void secondary_main(unsigned cpu)
{
    uint32_t rounds = 0;

    while (!go[cpu]) {
        ran[cpu] = ++rounds;
        relax();
    }
}

/* Runs for a while and notes when it did not. */
static struct share measure(void)
{
    uint64_t start = ticks(), end = start + ms_to_ticks(WINDOW_MS), last = start, away = 0;
    uint64_t gap = read_sysreg(cntfrq_el0) / 10000; /* 0.1 ms: it was somebody else's turn */
    struct share share = {0};

    while (last < end) {
        uint64_t now = ticks(), passed = now - last;

        if (passed > gap) {
            away += passed;
            share.absences++;
        }
        if (passed > share.longest) {
            share.longest = passed;
        }
        last = now;
    }
    share.permille = 1000 - away * 1000 / (last - start);
    tap_note("its share of the CPU, in 1/1000", share.permille);
    tap_note("absences", share.absences);
    return share;
}

static bool about(uint64_t value, uint64_t wanted, uint64_t error)
{
    return value + error >= wanted && value <= wanted + error;
}

/* Alone on its CPU, but for the neighbour, if there is one. */
static void test_budget(void)
{
    struct share share = measure();

    if (!under_phonebooth()) {
        tap_ok(share.permille > 990, "the whole CPU");
        return;
    }
    tap_ok(about(share.permille, 1000 - 1000 * BUDGET_MS / PERIOD_MS, 20),
           "a higher vCPU that never sleeps has its budget only");
    tap_ok(about(share.absences, WINDOW_MS / PERIOD_MS, 2), "one in each period");
    tap_ok(about(share.longest, ms_to_ticks(BUDGET_MS), ms_to_ticks(BUDGET_MS) / 20),
           "and no longer at a time");
}

/* Two vCPUs of this VM on one CPU, under the same neighbour. */
static void test_equal(void)
{
    struct share share;

    if (psci_cpu_on(EQUAL)) {
        tap_ok(!under_phonebooth(), "without hypervisor there are no more CPUs than there are");
        return;
    }
    tap_ok(wait_until(&ran[EQUAL], 1, 1000), "more vCPUs than CPUs");
    share = measure();
    go[EQUAL] = 1;
    tap_ok(about(share.permille, 500 - 500 * BUDGET_MS / PERIOD_MS, 30),
           "equals have half of what is left each");
    tap_ok(share.longest < ms_to_ticks(SLICE_MS + 2 * BUDGET_MS + 1), "a slice at a time");
    tap_ok(ran[EQUAL] > 100, "the other one did something");
    while (psci_call(PSCI_AFFINITY_INFO, EQUAL, 0, 0) != PSCI_STATE_OFF) {
        relax();
    }
}

/* All at once: three CPUs that nobody else wants run theirs meanwhile. */
static void test_many(void)
{
    unsigned up = 0;

    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        go[cpu] = ran[cpu] = 0;
        up += psci_cpu_on(cpu) == 0 && wait_until(&ran[cpu], 10, 5000);
    }
    tap_is(up, under_phonebooth() ? CPUS - 1 : 3, "all vCPUs run");
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        go[cpu] = 1;
    }
}

int main(uint64_t dtb)
{
    (void)dtb;
    test_budget();
    test_equal();
    test_many();
    return 0;
}
