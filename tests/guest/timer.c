/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The architectural timers (Arm DDI 0487, D12): virtual (INTID 27) and EL1 physical (30). */
#include "lib/exception.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/tap.h"

#define CTL_ENABLE 1u
#define CTL_IMASK  2u
#define CTL_STATUS 4u

#define TICKS_TO_TEST 50

int main(uint64_t dtb);

static uint64_t virtual_count(void)
{
    return ticks();
}

static uint64_t physical_count(void)
{
    __asm__ volatile("isb" ::: "memory");
    return read_sysreg(cntpct_el0);
}

static void virtual_set(uint64_t deadline, uint32_t control)
{
    write_sysreg(cntv_cval_el0, deadline);
    write_sysreg(cntv_ctl_el0, control);
}

static void physical_set(uint64_t deadline, uint32_t control)
{
    write_sysreg(cntp_cval_el0, deadline);
    write_sysreg(cntp_ctl_el0, control);
}

static uint64_t virtual_control(void)
{
    return read_sysreg(cntv_ctl_el0);
}

static uint64_t physical_control(void)
{
    return read_sysreg(cntp_ctl_el0);
}

static const struct timer {
    uint32_t intid;
    uint64_t (*count)(void);
    void (*set)(uint64_t deadline, uint32_t control);
    uint64_t (*control)(void);
} timers[] = {
    {INTID_VIRTUAL_TIMER, virtual_count, virtual_set, virtual_control},
    {INTID_PHYSICAL_TIMER, physical_count, physical_set, physical_control},
};

static volatile uint32_t fired;
static const struct timer *ticking;
static volatile uint64_t next_deadline;

static void test_counter(const struct timer *timer)
{
    uint64_t last = timer->count();
    bool forward = true;

    for (int i = 0; i < 1000; i++) {
        uint64_t now = timer->count();

        forward = forward && now >= last;
        last = now;
    }
    tap_ok(forward, "the counter never goes back");
}

static void test_one_shot(const struct timer *timer)
{
    uint64_t deadline = timer->count() + ms_to_ticks(5);

    timer->set(deadline, CTL_ENABLE);
    /* A busy host can take the CPU away for longer than the deadline is ahead. */
    bool early = timer->control() & CTL_STATUS;
    tap_ok(!early || timer->count() >= deadline, "no ISTATUS before the deadline");
    tap_is(gic_wait(1000), timer->intid, "the timer's interrupt comes");
    tap_ok(timer->count() >= deadline, "and not before the deadline");
    tap_is(timer->control() & CTL_STATUS, CTL_STATUS, "ISTATUS is set");
    timer->set(deadline, 0);
    gic_end(timer->intid);
    tap_is(gic_wait(5), GIC_SPURIOUS, "switched off, it does not come again");
}

static void test_level(const struct timer *timer)
{
    timer->set(timer->count(), CTL_ENABLE);
    tap_is(gic_wait(1000), timer->intid, "a deadline in the past fires at once");
    gic_end(timer->intid);
    tap_is(gic_wait(1000), timer->intid, "still due after the end of interrupt: it comes again");
    timer->set(timer->count(), CTL_ENABLE | CTL_IMASK);
    gic_end(timer->intid);
    tap_is(gic_wait(5), GIC_SPURIOUS, "IMASK holds it back");
    timer->set(timer->count(), CTL_ENABLE);
    tap_is(gic_wait(1000), timer->intid, "without IMASK it comes");
    timer->set(0, 0);
    gic_end(timer->intid);
    tap_is(gic_wait(1), GIC_SPURIOUS, "and then no more");
}

static void test_disabled(const struct timer *timer)
{
    gic_disable(timer->intid);
    timer->set(timer->count(), CTL_ENABLE);
    tap_is(gic_wait(5), GIC_SPURIOUS, "disabled in the GIC: not delivered");
    gic_enable(timer->intid);
    tap_is(gic_wait(1000), timer->intid, "enabled: delivered");
    timer->set(0, 0);
    gic_end(timer->intid);
}

static void on_tick(uint32_t intid)
{
    if (intid != ticking->intid) {
        return;
    }
    fired = fired + 1;
    next_deadline = next_deadline + ms_to_ticks(1);
    ticking->set(next_deadline, CTL_ENABLE);
}

static void test_periodic(const struct timer *timer)
{
    uint64_t start = timer->count();

    fired = 0;
    ticking = timer;
    next_deadline = start + ms_to_ticks(1);
    exception_on_irq(on_tick);
    timer->set(next_deadline, CTL_ENABLE);
    irq_enable();
    while (fired < TICKS_TO_TEST && timer->count() < start + ms_to_ticks(5000)) {
        wait_for_interrupt();
    }
    irq_disable();
    timer->set(0, 0);
    tap_ok(fired >= TICKS_TO_TEST, "a tick every millisecond, waiting with WFI");
    tap_ok(timer->count() >= start + ms_to_ticks(TICKS_TO_TEST), "they took their time");
    gic_end(gic_wait(1)); /* one may have come while IRQs were being masked */
}

static void test_wfi_masked(const struct timer *timer)
{
    uint64_t start = timer->count();

    timer->set(start + ms_to_ticks(20), CTL_ENABLE);
    while (!(timer->control() & CTL_STATUS)) {
        wait_for_interrupt();
    }
    tap_ok(timer->count() < start + ms_to_ticks(2000), "WFI ends though PSTATE.I masks the IRQ");
    tap_is(gic_wait(100), timer->intid, "and the interrupt is pending");
    timer->set(0, 0);
    gic_end(timer->intid);
}

static void test_tval(void)
{
    write_sysreg(cntv_tval_el0, ms_to_ticks(10));
    tap_ok(read_sysreg(cntv_cval_el0) <= ticks() + ms_to_ticks(10), "TVAL sets CVAL");
    tap_ok((int32_t)read_sysreg(cntv_tval_el0) <= (int32_t)ms_to_ticks(10), "TVAL counts down");
}

static void test_both(void)
{
    uint32_t first, second;

    timers[0].set(timers[0].count(), CTL_ENABLE);
    timers[1].set(timers[1].count(), CTL_ENABLE);
    gic_set_priority(INTID_PHYSICAL_TIMER, GIC_PRIORITY_HIGH);
    spin_ms(1);
    first = gic_wait(1000);
    timers[1].set(0, 0);
    gic_end(first);
    second = gic_wait(1000);
    timers[0].set(0, 0);
    gic_end(second);
    tap_is(first, INTID_PHYSICAL_TIMER, "of two timers the one with priority comes first");
    tap_is(second, INTID_VIRTUAL_TIMER, "then the other");
}

int main(uint64_t dtb)
{
    (void)dtb;
    gic_init();
    gic_init_cpu();
    for (unsigned i = 0; i < sizeof(timers) / sizeof(*timers); i++) {
        tap_note("timer", timers[i].intid);
        gic_enable(timers[i].intid);
        test_counter(&timers[i]);
        test_one_shot(&timers[i]);
        test_level(&timers[i]);
        test_disabled(&timers[i]);
        test_periodic(&timers[i]);
        test_wfi_masked(&timers[i]);
    }
    test_tval();
    test_both();
    return 0;
}
