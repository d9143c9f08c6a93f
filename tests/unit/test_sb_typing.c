/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Keys are answered when the guest has taken them, in order, exactly once. */
#include "port/typing.h"
#include "port/port.h"
#include "el1/timers.h"
#include "suite.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct vm vms[2] = {{.id = 1, .index = 0}, {.id = 2, .index = 1}};
static uint32_t taken[2];
static void (*told)(struct vm *vm, bool reset);
static uint64_t now_us;
static struct timer *timers[2];
static char sent[8192];

struct vm *vm_at(unsigned index)
{
    return index < 2 ? &vms[index] : NULL;
}

uint32_t slots_taken(const struct vm *vm)
{
    return taken[vm - vms];
}

void slots_on_taken(void (*fn)(struct vm *vm, bool reset))
{
    told = fn;
}

void port_send(const char *format, ...)
{
    const size_t len = strlen(sent);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(sent + len, sizeof(sent) - len - 1, format, arguments);
    va_end(arguments);
    strcat(sent, ";");
}

uint64_t clock_us(void)
{
    return now_us;
}

void timer_start(struct timer *timer, uint64_t after_us)
{
    timer->due_us = now_us + after_us;
    timer->running = true;
    timers[timers[0] && timers[0] != timer] = timer;
}

static void pass(unsigned ms)
{
    for (; ms; ms--) {
        now_us += 1000;
        for (unsigned i = 0; i < 2; i++) {
            if (timers[i] && timers[i]->running && timers[i]->due_us <= now_us) {
                timers[i]->running = false;
                timers[i]->fire(timers[i]);
            }
        }
    }
}

static void expect(const char *lines)
{
    CU_ASSERT_STRING_EQUAL(sent, lines);
    sent[0] = '\0';
}

static void ask(uint32_t id, unsigned vm, uint32_t number)
{
    typing_answer(id, &(struct input_receipt){&vms[vm], number});
}

static void take(unsigned vm, uint32_t number)
{
    taken[vm] = number;
    told(&vms[vm], false);
}

static void start(void)
{
    typing_init();
    for (unsigned i = 0; i < 2; i++) {
        taken[i] = 0;
        told(&vms[i], true);
    }
    sent[0] = '\0';
}

static void test_at_once(void)
{
    start();
    typing_answer(1, &(struct input_receipt){NULL, 0});
    expect("1 ok;");
    taken[0] = 7;
    ask(2, 0, 7);
    expect("2 ok;");
}

static void test_later(void)
{
    start();
    ask(1, 0, 1);
    ask(2, 0, 2);
    ask(3, 1, 1);
    expect("");
    take(0, 1);
    expect("1 ok;");
    take(0, 1);
    expect("");
    take(1, 1);
    expect("3 ok;");
    take(0, 2);
    expect("2 ok;");
    pass(20000);
    expect("");
}

static void test_reset(void)
{
    start();
    ask(1, 0, 5);
    ask(2, 1, 1);
    told(&vms[0], true);
    expect("1 err bad-state: the persona's keyboard was reset before it took this;");
    take(1, 1);
    expect("2 ok;");
}

static void test_never(void)
{
    start();
    ask(1, 0, 1);
    pass(3000);
    expect("");
    pass(4000);
    expect("1 err timeout: the persona has not taken it yet;");
}

/* More than are kept: an answer is better than none. */
static void test_many(void)
{
    unsigned answers = 0;

    start();
    for (uint32_t i = 1; i <= 600; i++) {
        ask(i, 0, i);
    }
    for (const char *at = sent; (at = strstr(at, " ok;")) != NULL; at++) {
        answers++;
    }
    CU_ASSERT_EQUAL(answers, 600 - 512);
    take(0, 600);
    for (const char *at = sent; (at = strstr(at, " ok;")) != NULL; at++) {
        answers++;
    }
    CU_ASSERT_EQUAL(answers, 600 + 600 - 512);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"at once", test_at_once}, {"later", test_later},
                                        {"reset", test_reset},     {"never", test_never},
                                        {"many", test_many},       CU_TEST_INFO_NULL};

    return run_suite("typing", tests);
}
