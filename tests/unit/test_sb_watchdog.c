/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A VM's watchdog as Linux's arm_smc_wdt drives it, with the clock in our hands. */
#include "el1/restart.h"
#include "el1/timers.h"
#include "suite.h"
#include "vm/watchdog.h"

#define INVALID       ((uint64_t)-2)
#define NOT_SUPPORTED UINT64_MAX

static uint64_t now_us;
static unsigned bites;
static struct vm vm = {.id = 2};
static struct timer *armed;

enum restart restart_kind(void)
{
    return RESTART_POWER_ON;
}

uint64_t clock_us(void)
{
    return now_us;
}

void timer_start(struct timer *timer, uint64_t after_us)
{
    timer->due_us = now_us + after_us;
    timer->running = true;
    armed = timer;
}

void timer_stop(struct timer *timer)
{
    timer->running = false;
}

static bool bite(struct vm *one)
{
    CU_ASSERT_PTR_EQUAL(one, &vm);
    bites += vm.state == PB_VM_RUNNING;
    return vm.state == PB_VM_RUNNING;
}

static uint64_t second; /* x1 of the last answer */

static uint64_t call(uint64_t verb, uint64_t argument)
{
    uint64_t result[4] = {0};

    watchdog_call(&vm, verb, argument, result);
    second = result[1];
    return result[0];
}

static void pass(unsigned seconds)
{
    for (unsigned i = 0; i < seconds * 10; i++) {
        now_us += 100000;
        if (armed && armed->running && armed->due_us <= now_us) {
            armed->running = false;
            armed->fire(armed);
        }
    }
}

static void start(void)
{
    watchdog_init(bite);
    watchdog_reset_vm(&vm);
    vm.state = PB_VM_RUNNING;
    bites = 0;
}

static void test_pet(void)
{
    start();
    CU_ASSERT_EQUAL(call(0, 0), 0);
    CU_ASSERT_EQUAL(second, 1);
    CU_ASSERT_EQUAL(call(1, 10), 0);
    pass(20);
    CU_ASSERT_EQUAL(bites, 0); /* not enabled */
    CU_ASSERT_EQUAL(call(2, 1), 0);
    for (unsigned i = 0; i < 5; i++) {
        pass(9);
        CU_ASSERT_EQUAL(call(4, 0), 0);
        CU_ASSERT_EQUAL(second, 1);
        CU_ASSERT_EQUAL(call(3, 0), 0);
    }
    CU_ASSERT_EQUAL(call(4, 0), 0);
    CU_ASSERT_EQUAL(second, 10);
    CU_ASSERT_EQUAL(bites, 0);
    pass(10);
    CU_ASSERT_EQUAL(bites, 1);
    pass(100);
    CU_ASSERT_EQUAL(bites, 1);
}

static void test_off(void)
{
    start();
    CU_ASSERT_EQUAL(call(1, 5), 0);
    CU_ASSERT_EQUAL(call(2, 1), 0);
    CU_ASSERT_EQUAL(call(2, 0), 0);
    pass(10);
    CU_ASSERT_EQUAL(call(2, 1), 0);
    watchdog_reset_vm(&vm);
    pass(10);
    CU_ASSERT_EQUAL(bites, 0);
    CU_ASSERT_EQUAL(call(4, 0), 0);
    CU_ASSERT_EQUAL(second, 0);
}

/* Paused: it has its time when it goes on. */
static void test_paused(void)
{
    start();
    CU_ASSERT_EQUAL(call(1, 5), 0);
    CU_ASSERT_EQUAL(call(2, 1), 0);
    vm.state = PB_VM_PAUSED;
    pass(63);
    CU_ASSERT_EQUAL(bites, 0);
    vm.state = PB_VM_RUNNING;
    pass(5);
    CU_ASSERT_EQUAL(bites, 1);
}

static void test_refused(void)
{
    start();
    CU_ASSERT_EQUAL(call(2, 1), INVALID); /* no timeout yet */
    CU_ASSERT_EQUAL(call(1, 0), INVALID);
    CU_ASSERT_EQUAL(call(1, 3601), INVALID);
    CU_ASSERT_EQUAL(call(1, UINT64_MAX), INVALID);
    CU_ASSERT_EQUAL(call(1, 3600), 0);
    CU_ASSERT_EQUAL(call(2, 2), INVALID);
    CU_ASSERT_EQUAL(call(5, 0), NOT_SUPPORTED);
    CU_ASSERT_EQUAL(call(UINT64_MAX, 0), NOT_SUPPORTED);
    CU_ASSERT_EQUAL(call(3, 0), 0); /* not running: nothing to pet */
    pass(4000);
    CU_ASSERT_EQUAL(bites, 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"pet and expire", test_pet},
                                        {"off", test_off},
                                        {"not while paused", test_paused},
                                        {"refused", test_refused},
                                        CU_TEST_INFO_NULL};

    return run_suite("watchdog", tests);
}
