/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The scheduler's order: priorities, fair shares, slices spent in pieces, timers of sleepers. */
#include <CUnit/Basic.h>

#include "hypervisor/core/vm/turn.h"

#define SLICE 100
#define COUNT 3

/* As the scheduler chooses. */
static bool before(const struct turn *a, const struct turn *b)
{
    return a->priority == b->priority ? a->number < b->number : a->priority > b->priority;
}

static struct turn line[COUNT];
static uint64_t last, ran[COUNT];
static bool asleep[COUNT];

static void start(void)
{
    last = 0;
    for (unsigned i = 0; i < COUNT; i++) {
        line[i] = (struct turn){.priority = 1, .slice = SLICE, .left = SLICE};
        ran[i] = 0;
        asleep[i] = false;
    }
}

static unsigned pick(void)
{
    unsigned best = COUNT;

    for (unsigned i = 0; i < COUNT; i++) {
        if (!asleep[i] && (best == COUNT || before(&line[i], &line[best]))) {
            best = i;
        }
    }
    return best;
}

/* One runs for `ticks`; front: COUNT for none. */
static void step(uint64_t ticks, unsigned front)
{
    unsigned i = pick();

    if (i < COUNT) {
        ran[i] += ticks;
        turn_charge(&line[i], ticks, i == front, &last);
    }
}

static void shares(void)
{
    start();
    for (unsigned n = 0; n < 3000; n++) {
        step(10, COUNT);
    }
    for (unsigned i = 0; i < COUNT; i++) {
        CU_ASSERT_EQUAL(ran[i], 10000);
    }
}

static void priorities(void)
{
    start();
    line[2].priority = 2;
    for (unsigned n = 0; n < 300; n++) {
        asleep[2] = n % 3 == 0;
        CU_ASSERT_EQUAL(pick() == 2, !asleep[2]);
        step(10, COUNT);
    }
    CU_ASSERT_EQUAL(ran[2], 2000);
    CU_ASSERT_EQUAL(ran[0] + ran[1], 1000);
    CU_ASSERT_EQUAL(ran[0], ran[1]); /* however often they were interrupted */
}

/* Who sleeps a little in each slice neither starves the others nor is starved. */
static void pieces(void)
{
    start();
    for (unsigned n = 0; n < 9000; n++) {
        asleep[0] = n % 10 == 9;
        step(10, COUNT);
    }
    for (unsigned i = 0; i < COUNT; i++) {
        CU_ASSERT_TRUE(ran[i] > 28000 && ran[i] < 32000);
    }
}

static void front(void)
{
    start();
    for (unsigned n = 0; n < 6000; n++) {
        step(10, 1);
    }
    CU_ASSERT_TRUE(ran[0] - ran[2] <= SLICE);         /* it comes first */
    CU_ASSERT_TRUE(ran[1] > 39000 && ran[1] < 41000); /* 4 of 6 */
}

#define BUDGET 20u
#define PERIOD 100u

/* The rule, said tick by tick: at most BUDGET ticks of priority in a period. */
struct rule {
    uint64_t end;
    unsigned used;
};

static bool rule_allows(struct rule *rule, uint64_t now)
{
    if (now >= rule->end) {
        *rule = (struct rule){.end = now + PERIOD};
    }
    return rule->used < BUDGET;
}

static void start_with_budget(void)
{
    start();
    line[0] = (struct turn){.base = 7, .slice = BUDGET, .period = PERIOD};
}

/* A vCPU with a budget runs and sleeps at random. With budget left nobody delays it. */
static void budgets(void)
{
    struct rule rule = {0};
    uint64_t above = 0, ended = 0, begun = 0;
    uint32_t random = 1;

    start_with_budget();
    for (uint64_t now = 1; now < 1000000; now++) {
        random = random * 1664525 + 1013904223;
        if (random >> 24 == 0) {
            asleep[0] = !asleep[0];
        }
        if (!asleep[0]) {
            uint64_t back = turn_renew(&line[0], now);
            bool allowed = rule_allows(&rule, now);

            CU_ASSERT_EQUAL_FATAL(pick() == 0, allowed);
            CU_ASSERT_EQUAL_FATAL(back, allowed ? TURN_NEVER : rule.end);
            rule.used += allowed;
            above += allowed;
            begun += rule.end != ended;
            ended = rule.end;
        }
        step(1, COUNT);
    }
    CU_ASSERT_TRUE(above > BUDGET * 1000 && above <= BUDGET * begun);
    CU_ASSERT_TRUE(begun <= 1000000 / PERIOD + 1);
}

/* One that never sleeps gets its share, and all of the time if nobody else wants it. */
static void spinner(void)
{
    start_with_budget();
    for (uint64_t now = 1; now <= 100000; now++) {
        turn_renew(&line[0], now);
        step(1, COUNT);
    }
    CU_ASSERT_EQUAL(ran[0], 100000 / PERIOD * BUDGET);
    CU_ASSERT_EQUAL(ran[1] + ran[2], 100000 - ran[0]);
    start_with_budget();
    asleep[1] = asleep[2] = true;
    for (uint64_t now = 1; now <= 1000; now++) {
        turn_renew(&line[0], now);
        step(1, COUNT);
    }
    CU_ASSERT_EQUAL(ran[0], 1000);
}

static void timers(void)
{
    CU_ASSERT_EQUAL(turn_wakeup(1000, 0, 500, 0), TURN_NEVER);
    CU_ASSERT_EQUAL(turn_wakeup(1000, 3, 500, 0), TURN_NEVER); /* masked */
    CU_ASSERT_EQUAL(turn_wakeup(1000, 1, 500, 0), 0);
    CU_ASSERT_EQUAL(turn_wakeup(1000, 1, 1000, 0), 0);
    CU_ASSERT_EQUAL(turn_wakeup(1000, 1, 1001, 0), 1001);
    CU_ASSERT_EQUAL(turn_wakeup(1000, 1, 500, 600), 1100);
    CU_ASSERT_EQUAL(turn_wakeup(1000, 1, UINT64_MAX, 600), TURN_NEVER);
    CU_ASSERT_EQUAL(turn_wakeup(1000, 5, 300, 600), 0);
}

static void nanoseconds(void)
{
    CU_ASSERT_EQUAL(turn_ns(62500000, 62500000), 1000000000);
    CU_ASSERT_EQUAL(turn_ns(1, 62500000), 16);
    CU_ASSERT_EQUAL(turn_ns(3, 1000000000), 3);
    /* a week, which 64 bits of ticks times nanoseconds do not hold */
    CU_ASSERT_EQUAL(turn_ns(604800 * 62500000ull, 62500000), 604800 * 1000000000ull);
}

int main(void)
{
    CU_pSuite suite;
    unsigned failures;

    CU_initialize_registry();
    suite = CU_add_suite("turn", NULL, NULL);
    CU_add_test(suite, "equals share", shares);
    CU_add_test(suite, "the higher priority runs", priorities);
    CU_add_test(suite, "a slice in pieces", pieces);
    CU_add_test(suite, "the front VM is favoured", front);
    CU_add_test(suite, "a budget in each period", budgets);
    CU_add_test(suite, "a budget bounds who never sleeps", spinner);
    CU_add_test(suite, "when a sleeper's timer is due", timers);
    CU_add_test(suite, "ticks as nanoseconds", nanoseconds);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    failures = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failures != 0;
}
