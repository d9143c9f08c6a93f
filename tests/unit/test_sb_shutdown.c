/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <CUnit/CUnit.h>
#include <string.h>

#include "shutdown.h"
#include "slots.h"

#include "el1/clock.h"
#include "el1/log.h"
#include "el1/timers.h"

#include "suite.h"

#define SECOND 1000000u

static struct vm vm;
static struct manager_ticket *expected; /* the manager waits for vm's end for it */
static struct timer *timer;             /* the one that runs */
static uint64_t now, busy_until;
static unsigned done;
static const char *wrong;
static char keys[64]; /* what Linux makes of them: S, U, O with Alt+SysRq, P the power key */
static bool alt, sysrq, no_driver;

uint64_t clock_us(void)
{
    return now;
}

void log_line(const char *format, ...)
{
    (void)format;
}

void timer_start(struct timer *which, uint64_t after_us)
{
    which->due_us = now + after_us;
    timer = which;
}

void timer_stop(struct timer *which)
{
    if (timer == which) {
        timer = NULL;
    }
}

uint64_t slots_disk_quiet_us(const struct vm *of)
{
    CU_ASSERT_PTR_EQUAL(of, &vm);
    return now < busy_until ? 0 : now - busy_until;
}

enum keys_result slots_key(struct vm *to, uint16_t code, unsigned value, uint32_t *number)
{
    const char *name = code == 31 ? "S" : code == 22 ? "U" : code == 24 ? "O" : "P";

    CU_ASSERT_PTR_EQUAL(to, &vm);
    *number = 0;
    if (no_driver) {
        return KEYS_NO_DRIVER;
    }
    if (code == 56) {
        alt = value;
    } else if (code == 99) {
        CU_ASSERT_TRUE(alt);
        sysrq = value;
    } else if (value) {
        CU_ASSERT_EQUAL(sysrq, *name != 'P');
        strcat(keys, name);
    }
    return KEYS_OK;
}

/* ---- the manager ---- */

static void end(const char *why)
{
    struct manager_ticket *ticket = expected;

    expected = NULL;
    if (ticket) {
        ticket->done(ticket, why);
    }
}

void manager_expect_end(struct vm *of, struct manager_ticket *ticket)
{
    CU_ASSERT_PTR_EQUAL(of, &vm);
    end("another request came");
    expected = ticket;
}

void manager_give_up(struct vm *of, const char *why)
{
    CU_ASSERT_PTR_EQUAL(of, &vm);
    end(why);
}

void manager_request(struct vm *of, enum manager_verb verb, struct manager_ticket *ticket)
{
    CU_ASSERT_PTR_EQUAL(verb == MANAGER_RESUME ? of : NULL, &vm);
    end("another request came");
    CU_ASSERT_PTR_NULL(ticket);
    vm.state = PB_VM_RUNNING;
}

/* ---- the tests ---- */

static void on_done(struct manager_ticket *ticket, const char *why)
{
    CU_ASSERT_PTR_NOT_NULL(ticket);
    done++;
    wrong = why;
}

static struct manager_ticket ticket = {.done = on_done};

static void begin(unsigned seconds)
{
    now = 1000 * SECOND;
    busy_until = 0;
    done = 0;
    keys[0] = '\0';
    vm.state = PB_VM_RUNNING;
    shutdown_request(&vm, seconds, &ticket);
}

/* Until `seconds` after the beginning. */
static void run(double seconds)
{
    const uint64_t end = 1000 * SECOND + (uint64_t)(seconds * SECOND);

    while (timer && timer->due_us <= end) {
        struct timer *due = timer;

        now = due->due_us;
        timer = NULL;
        due->fire(due);
    }
    now = end;
}

/* The guest ends by itself, or has half of the time for it. */
static void test_orderly(void)
{
    begin(20);
    CU_ASSERT_STRING_EQUAL(keys, "SP");
    run(9.9);
    CU_ASSERT_STRING_EQUAL(keys, "SP");
    end(NULL);
    CU_ASSERT_EQUAL(done, 1);
    CU_ASSERT_PTR_NULL(wrong);
    run(100);
    CU_ASSERT_STRING_EQUAL(keys, "SP");
    CU_ASSERT_EQUAL(done, 1);
}

/* It does not know the power key: switched off when its disk has all. */
static void test_by_sysrq(void)
{
    begin(20);
    busy_until = now + 11 * SECOND;
    run(11.9);
    CU_ASSERT_STRING_EQUAL(keys, "SPS");
    run(12.2);
    CU_ASSERT_STRING_EQUAL(keys, "SPSU");
    run(12.8);
    CU_ASSERT_STRING_EQUAL(keys, "SPSUO");
    run(19.9);
    CU_ASSERT_EQUAL(done, 0);
    run(20);
    CU_ASSERT_EQUAL(done, 1);
    CU_ASSERT_PTR_NOT_NULL(wrong);
    CU_ASSERT_PTR_NULL(timer);
}

/* A disk that is never quiet. */
static void test_never_quiet(void)
{
    begin(8);
    busy_until = UINT64_MAX;
    run(5.9);
    CU_ASSERT_STRING_EQUAL(keys, "SPS");
    run(6.1);
    CU_ASSERT_STRING_EQUAL(keys, "SPSU");
    run(7.1);
    CU_ASSERT_STRING_EQUAL(keys, "SPSUO");
    run(8);
    CU_ASSERT_EQUAL(done, 1);
}

/* However short the time is, the whole is tried, and it ends. */
static void test_short(void)
{
    begin(1);
    run(4);
    CU_ASSERT_STRING_EQUAL(keys, "SPSUO");
    CU_ASSERT_EQUAL(done, 1);
}

static void test_no_driver(void)
{
    no_driver = true;
    begin(20);
    CU_ASSERT_EQUAL(done, 1);
    CU_ASSERT_PTR_NOT_NULL(wrong);
    CU_ASSERT_PTR_NULL(timer);
    no_driver = false;
}

/* Each of two who ask has an answer, and the second one's time counts. */
static void test_twice(void)
{
    begin(20);
    shutdown_request(&vm, 100, &ticket);
    CU_ASSERT_EQUAL(done, 1);
    CU_ASSERT_PTR_NOT_NULL(wrong);
    run(49);
    CU_ASSERT_STRING_EQUAL(keys, "SPSP");
    end(NULL);
    CU_ASSERT_EQUAL(done, 2);
    CU_ASSERT_PTR_NULL(wrong);
    CU_ASSERT_PTR_NULL(timer);
}

static void test_at_rest(void)
{
    begin(20);
    end(NULL);
    vm.state = PB_VM_PAUSED;
    shutdown_request(&vm, 20, &ticket);
    CU_ASSERT_EQUAL(vm.state, PB_VM_RUNNING);
    CU_ASSERT_STRING_EQUAL(keys, "SPSP");
    end(NULL);
    vm.state = PB_VM_OFF;
    shutdown_request(&vm, 20, &ticket);
    CU_ASSERT_STRING_EQUAL(keys, "SPSP");
    CU_ASSERT_PTR_NULL(timer);
    end(NULL);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"orderly", test_orderly},         {"by the kernel's keys", test_by_sysrq},
        {"never quiet", test_never_quiet}, {"short", test_short},
        {"no driver", test_no_driver},     {"twice", test_twice},
        {"paused or off", test_at_rest},   CU_TEST_INFO_NULL};

    return run_suite("shutdown", tests);
}
