/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The GIC between CPUs (Arm IHI 0069): what one CPU reads and writes about interrupts that another
 * one has.
 */
#include "helper.h"
#include "lib/exception.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/tap.h"

#define SPI      40
#define STORM    500
#define TICK     5000 /* of the counter */
#define RTC_IMSC 0x10
#define FAR_AWAY (1ull << 16) /* Aff1 = 1 in ICC_SGI1R_EL1: no such CPU */

#define ICC_SGI1R_EL1 S3_0_C12_C11_5

int main(uint64_t dtb);

static void route(unsigned cpu)
{
    write64(GICD_BASE + GICD_IROUTER(SPI), cpu);
}

static uint64_t private_frame(unsigned cpu)
{
    return GICR_BASE + cpu * GICR_FRAMES + GICR_SGI;
}

/* Something that makes all CPUs look at their interrupts again. */
static void disturb(void)
{
    gic_set_priority(SPI + 1, GIC_PRIORITY);
    spin_ms(5);
}

static void quiet(const char *what)
{
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        tap_is(helper_tell(cpu, TAKE, 3), GIC_SPURIOUS, what);
    }
}

static void test_pending_elsewhere(void)
{
    route(1);
    helper_stay_awake(1);
    gic_set(GIC_ISPENDR, SPI);
    spin_ms(5);
    tap_ok(gic_get(GIC_ISPENDR, SPI), "pending at another CPU, seen from here");
    gic_set(GIC_ICPENDR, SPI);
    tap_ok(!gic_get(GIC_ISPENDR, SPI), "taken back from here");
    helper_release(1);
    tap_is(helper_tell(1, TAKE, 3), GIC_SPURIOUS, "does not come there");
    helper_stay_awake(1);
    gic_set(GIC_ISPENDR, SPI);
    spin_ms(5);
    gic_set(GIC_ICPENDR, SPI);
    gic_set(GIC_ISPENDR, SPI);
    helper_release(1);
    tap_is(helper_tell(1, TAKE, 1000), SPI, "taken back and set again, it comes");
    helper_tell(1, END, SPI);
    tap_is(helper_tell(1, TAKE, 3), GIC_SPURIOUS, "once");
}

static void test_active_elsewhere(void)
{
    gic_set(GIC_ISPENDR, SPI);
    tap_is(helper_tell(1, TAKE, 1000), SPI, "another CPU takes an SPI");
    helper_stay_awake(1);
    tap_ok(gic_get(GIC_ISACTIVER, SPI), "active there, seen from here");
    tap_ok(!gic_get(GIC_ISPENDR, SPI), "and not pending");
    disturb();
    helper_release(1);
    helper_tell(1, END, SPI);
    helper_stay_awake(1);
    tap_ok(!gic_get(GIC_ISACTIVER, SPI), "after its end no longer active");
    helper_release(1);
    gic_set(GIC_ISPENDR, SPI);
    helper_tell(1, TAKE, 1000);
    helper_stay_awake(1);
    gic_set(GIC_ISPENDR, SPI);
    spin_ms(5);
    tap_ok(gic_get(GIC_ISPENDR, SPI) && gic_get(GIC_ISACTIVER, SPI), "active and pending");
    helper_release(1);
    helper_tell(1, END, SPI);
    tap_is(helper_tell(1, TAKE, 1000), SPI, "the second one comes after the end of the first");
    helper_tell(1, END, SPI);
}

static void test_activated_here(void)
{
    gic_set(GIC_ISACTIVER, SPI);
    gic_set(GIC_ISPENDR, SPI);
    tap_is(helper_tell(1, TAKE, 3), GIC_SPURIOUS, "made active by register, it is held back");
    gic_set(GIC_ICACTIVER, SPI);
    tap_is(helper_tell(1, TAKE, 1000), SPI, "made inactive, it comes");
    helper_tell(1, END, SPI);
    tap_ok(!gic_get(GIC_ISACTIVER, SPI), "and ends");
}

/* Pending in the list registers of another CPU when it is made active here. */
static void test_activated_late(void)
{
    helper_stay_awake(1);
    gic_set(GIC_ISPENDR, SPI);
    spin_ms(5);
    gic_set(GIC_ISACTIVER, SPI);
    spin_ms(5);
    tap_ok(gic_get(GIC_ISACTIVER, SPI), "pending there and made active here: active");
    helper_release(1);
    tap_is(helper_tell(1, TAKE, 3), GIC_SPURIOUS, "held back");
    gic_set(GIC_ICACTIVER, SPI);
    tap_is(helper_tell(1, TAKE, 1000), SPI, "made inactive, it comes");
    helper_tell(1, END, SPI);
}

static void test_disabled_elsewhere(void)
{
    gic_set(GIC_ISPENDR, SPI);
    helper_tell(1, TAKE, 1000);
    helper_stay_awake(1);
    gic_set(GIC_ISPENDR, SPI);
    gic_disable(SPI);
    helper_release(1);
    helper_tell(1, END, SPI);
    tap_is(helper_tell(1, TAKE, 3), GIC_SPURIOUS,
           "disabled while active and pending: not once more");
    gic_enable(SPI);
    tap_is(helper_tell(1, TAKE, 1000), SPI, "enabled, it comes");
    helper_tell(1, END, SPI);
}

static void test_routed_away(void)
{
    gic_set(GIC_ISPENDR, SPI);
    tap_is(helper_tell(1, TAKE, 1000), SPI, "an SPI to be routed away while active");
    route(2);
    spin_ms(5);
    gic_set(GIC_ISPENDR, SPI);
    tap_is(helper_tell(2, TAKE, 3), GIC_SPURIOUS, "not at the new CPU as long as it is active");
    helper_tell(1, END, SPI);
    tap_is(helper_tell(2, TAKE, 1000), SPI, "there after its end");
    helper_tell(2, END, SPI);
    route(3);
    gic_set(GIC_ISPENDR, SPI);
    spin_ms(5);
    route(2);
    tap_is(helper_tell(3, TAKE, 3), GIC_SPURIOUS, "routed away while pending: no longer there");
    tap_is(helper_tell(2, TAKE, 1000), SPI, "but at the new CPU");
    helper_tell(2, END, SPI);
    write64(GICD_BASE + GICD_IROUTER(SPI), 0x77);
    gic_set(GIC_ISPENDR, SPI);
    quiet("routed to no CPU: nowhere");
    route(1);
    tap_is(helper_tell(1, TAKE, 1000), SPI, "routed to one it comes");
    helper_tell(1, END, SPI);
}

static volatile uint32_t interrupts;

static void on_timer(uint32_t intid)
{
    (void)intid;
    interrupts = interrupts + 1;
    write32(RTC_BASE + RTC_IMSC, 0);
    write_sysreg(cntv_tval_el0, TICK);
}

/*
 * Reads of state that other CPUs have, interrupted by a handler that stores to a device: the
 * store is made once, and the read goes on.
 */
static void test_interrupted_reads(void)
{
    uint32_t reads = 0;

    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        helper_stay_awake(cpu);
    }
    exception_on_irq(on_timer);
    gic_enable(INTID_VIRTUAL_TIMER);
    write_sysreg(cntv_tval_el0, TICK);
    write_sysreg(cntv_ctl_el0, 1);
    irq_enable();
    for (; reads < 20 || interrupts < 20; reads++) {
        gic_get(GIC_ISACTIVER, SPI);
    }
    irq_disable();
    write_sysreg(cntv_ctl_el0, 0);
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        helper_release(cpu);
    }
    tap_ok(true, "reads of the distributor go on, with interrupts in between");
}

/* Redistributors are for all CPUs to write. */
static void test_redistributor_elsewhere(void)
{
    write32(private_frame(2) + GIC_ICENABLER, 1u << SGI_A);
    gic_send_sgi(SGI_A, 1u << 2);
    tap_is(helper_tell(2, TAKE, 3), GIC_SPURIOUS, "an SGI that another CPU disabled");
    tap_is(read32(private_frame(2) + GIC_ISPENDR) & 0xffff, 1u << SGI_A, "is pending");
    tap_is(read32(private_frame(3) + GIC_ISPENDR) & 0xffff, 0, "there alone");
    write32(private_frame(2) + GIC_ICPENDR, 1u << SGI_A);
    write32(private_frame(2) + GIC_ISENABLER, 1u << SGI_A);
    tap_is(helper_tell(2, TAKE, 3), GIC_SPURIOUS, "and can be taken back");
    write32(private_frame(2) + GIC_ISPENDR, 1u << SGI_A);
    tap_is(helper_tell(2, TAKE, 1000), SGI_A, "or sent by register");
    tap_is(read32(private_frame(2) + GIC_ISACTIVER) & 0xffff, 1u << SGI_A,
           "active, seen from here");
    gic_send_sgi(SGI_A, 1u << 2);
    write32(private_frame(2) + GIC_ICACTIVER, 1u << SGI_A);
    helper_tell(2, END, SGI_A);
    tap_is(helper_tell(2, TAKE, 1000), SGI_A, "sent again while active, it comes again");
    helper_tell(2, END, SGI_A);
}

static void test_targets(void)
{
    write_sysreg(ICC_SGI1R_EL1, (uint64_t)SGI_A << 24 | 0xe | FAR_AWAY);
    write_sysreg(ICC_SGI1R_EL1, (uint64_t)SGI_A << 24 | 0xfff0);
    quiet("an SGI to CPUs that do not exist");
    gic_send_sgi_others(SGI_A);
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        tap_is(helper_tell(cpu, TAKE, 1000), SGI_A, "an SGI to all others");
        helper_tell(cpu, END, SGI_A);
    }
    quiet("comes once");
}

/* One at a time: as many as were sent. Without waiting: at least the last. */
static void test_storm(void)
{
    volatile uint32_t *count = helper_result(1);
    uint32_t sent = 0;

    *count = 0;
    helper_begin(1, COUNT, 0);
    for (; sent < STORM; sent++) {
        gic_send_sgi(SGI_A, 1u << 1);
        if (!wait_until(count, sent + 1, 2000)) {
            break;
        }
    }
    gic_send_sgi(SGI_B, 1u << 1);
    tap_is(helper_finish(1), STORM, "500 SGIs one after another, none lost, none twice");
    *count = 0;
    helper_begin(1, COUNT, 0);
    for (sent = 0; sent < STORM; sent++) {
        gic_send_sgi(SGI_A, 1u << 1);
    }
    wait_until(count, 1, 2000);
    spin_ms(20);
    gic_send_sgi(SGI_B, 1u << 1);
    sent = helper_finish(1);
    tap_ok(sent >= 1 && sent <= STORM, "a storm of them: some at least, none too many");
    quiet("and then quiet");
}

int main(uint64_t dtb)
{
    (void)dtb;
    gic_init();
    gic_init_cpu();
    gic_set_edge(SPI, true);
    gic_enable(SPI);
    tap_is((uint64_t)helpers_start(), 0, "four CPUs are up");
    test_pending_elsewhere();
    test_active_elsewhere();
    test_activated_here();
    test_activated_late();
    test_disabled_elsewhere();
    test_routed_away();
    test_redistributor_elsewhere();
    test_targets();
    test_storm();
    test_interrupted_reads();
    return 0;
}
