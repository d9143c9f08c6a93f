/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The virtual GIC against a reference model: random register writes, SGIs, lines, physical
 * interrupts, acknowledgements and ends of interrupt in both modes.
 */
#include <CUnit/Basic.h>

#include "vgic_machine.h"
#include "vgic_model.h"

#define STEPS  300000
#define SPI_HW 40 /* .. 43 are linked to physical interrupts */

static uint64_t seed;
static const uint8_t *script; /* of a fuzz target: choices, before those by seed */
static size_t left;

static uint32_t rnd(uint32_t n)
{
    if (left) {
        left--;
        return *script++ % n;
    }
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 20) % n;
}

static void deactivate(unsigned cpu)
{
    unsigned intid = model_any_active(cpu, rnd(PB_VGIC_INTIDS));

    if (!ichs[cpu].split || intid == MODEL_NONE) {
        return;
    }
    now_on = cpu;
    vgic_fold(&cpus[cpu]);
    model_deactivate(cpu, intid);
    vgic_dir(&cpus[cpu], intid);
    machine_look(cpu);
}

/* cpu is in EL2; now and then another one is as well. */
static void access_begins(unsigned cpu)
{
    if (rnd(4) == 0) {
        now_on = rnd(MODEL_CPUS);
        vgic_fold(&cpus[now_on]);
        kicked |= VGIC_LOOK(now_on);
    }
    now_on = cpu;
    vgic_fold(&cpus[cpu]);
}

/* A write of one interrupt's bit or field, by cpu, as a guest does it. */
static void write_register(unsigned cpu, unsigned intid)
{
    static const uint32_t bitmaps[] = {0x080, 0x100, 0x100, 0x180, 0x200, 0x280};
    uint32_t base = bitmaps[rnd(6)], bit = 1u << intid % 32;
    uint64_t value = base == 0x080 ? ~0u : bit;
    uint32_t offset = base + 4 * (intid / 32);
    unsigned size = 4;

    switch (rnd(4)) {
    case 0:
        offset = 0x400 + intid;
        size = 1;
        value = rnd(32) << 3;
        break;
    case 1:
        if (intid >= 32) {
            offset = 0x6000 + 8 * intid;
            size = 8;
            value = rnd(MODEL_CPUS);
        }
        break;
    }
    model_write(cpu, intid, offset, (uint32_t)value);
    access_begins(cpu);
    if (intid < 32) {
        vgic_redist_write(&cpus[cpu], 0x10000 + offset, size, value);
    } else {
        vgic_dist_write(&cpus[cpu], offset, size, value);
    }
    gic.settling.of[cpu] |=
        (uint8_t)(gic.look & ~VGIC_LOOK(cpu)); /* as mmio.c does for those that run */
    machine_look(cpu);
    CU_ASSERT_EQUAL(gic.settling.any, 0);
}

static void read_back(unsigned cpu)
{
    for (now_on = 0; now_on < MODEL_CPUS; now_on++) {
        vgic_fold(&cpus[now_on]);
        kicked |= VGIC_LOOK(now_on);
    }
    for (unsigned w = 1; w < VGIC_WORDS; w++) {
        CU_ASSERT_EQUAL(vgic_dist_read(&cpus[cpu], 0x200 + 4 * w, 4), model_pending(cpu, w));
        CU_ASSERT_EQUAL(vgic_dist_read(&cpus[cpu], 0x300 + 4 * w, 4), model_active(cpu, w));
    }
    CU_ASSERT_EQUAL(vgic_redist_read(&cpus[cpu], 0x10200, 4), model_pending(cpu, 0));
    CU_ASSERT_EQUAL(vgic_redist_read(&cpus[cpu], 0x10300, 4), model_active(cpu, 0));
    for (unsigned i = SPI_HW; i < SPI_HW + 4; i++) {
        CU_ASSERT_EQUAL(physical_active[i], model_owed(i));
    }
    machine_look(MODEL_CPUS);
}

static void send_sgi(unsigned cpu)
{
    uint64_t value = (uint64_t)rnd(16) << 24;

    value |= rnd(4) ? rnd(1u << MODEL_CPUS) : 1ull << 40;
    model_sgi(cpu, value);
    vgic_sgi(&cpus[cpu], value, true);
    machine_look(cpu);
}

static void device_at(unsigned intid, unsigned level)
{
    model_line(intid, level);
    vgic_spi_line(&gic, intid, level);
    machine_look(MODEL_CPUS);
}

static void device(unsigned intid)
{
    if (intid >= SPI_HW && intid < SPI_HW + 4) {
        if (!physical_active[intid]) {
            physical_active[intid] = true;
            model_fired(intid);
            vgic_spi_fired(&gic, intid);
            machine_look(MODEL_CPUS);
        }
        return;
    }
    device_at(intid, rnd(3));
}

static void start(bool split)
{
    machine_start(split);
    for (unsigned i = SPI_HW; i < SPI_HW + 4; i++) {
        gic.pintid[i] = (uint16_t)i;
    }
    model_reset();
    for (unsigned w = 0; w < VGIC_WORDS; w++) { /* all in group 1, every third edge triggered */
        uint32_t config = 0x88208208;

        for (unsigned i = 0; i < MODEL_CPUS && w == 0; i++) {
            vgic_redist_write(&cpus[i], 0x10080, 4, ~0u);
        }
        vgic_dist_write(&cpus[0], 0x80 + 4 * w, 4, ~0u);
        vgic_dist_write(&cpus[0], 0xc00 + 8 * w, 4, config);
        vgic_dist_write(&cpus[0], 0xc04 + 8 * w, 4, config);
        model_config(w, config);
    }
    vgic_dist_write(&cpus[0], 0, 4, 2);
    machine_look(0);
}

static void operate(void)
{
    unsigned cpu = rnd(MODEL_CPUS);
    /* few interrupts at a time are dense, many overflow the list registers */
    unsigned intid = rnd(2) ? 36 + rnd(10) : rnd(PB_VGIC_INTIDS);

    unsigned what = rnd(64);

    if (what < 22) {
        machine_acknowledge(cpu);
    } else if (what < 42) {
        machine_end(cpu);
    } else if (what < 47) {
        deactivate(cpu);
    } else if (what < 55) {
        intid >= 32 ? device(intid) : send_sgi(cpu);
    } else if (what < 63) {
        write_register(cpu, intid);
    } else {
        read_back(cpu);
    }
}

static void run(bool split)
{
    start(split);
    for (unsigned step = 0; step < STEPS && CU_get_number_of_failures() == 0; step++) {
        operate();
    }
}

static void against_model(void)
{
    for (unsigned i = 1; i <= 12; i++) {
        seed = 0x9e3779b97f4a7c15ull * i;
        run(i & 1);
    }
}

/* Twelve at once and nothing else happens: the maintenance interrupt alone brings them all. */
static void crowd(bool split)
{
    start(split);
    for (unsigned i = 64; i < 76; i++) {
        now_on = 0;
        model_write(0, i, 0x100, 1u << i % 32);
        vgic_dist_write(&cpus[0], 0x100 + 4 * (i / 32), 4, 1u << i % 32);
        machine_look(0);
        model_line(i, 2);
        vgic_spi_line(&gic, i, 2);
        machine_look(0);
    }
    for (unsigned i = 0; i < 12; i++) {
        machine_acknowledge(0);
        CU_ASSERT_EQUAL(ichs[0].depth, 1);
        machine_end(0);
    }
    for (unsigned i = 0; i < 12 && split; i++) {
        deactivate(0);
    }
    read_back(0);
    CU_ASSERT_EQUAL(model_pending(0, 2) | model_active(0, 2), 0);
}

static void overflow(void)
{
    seed = 1;
    crowd(false);
    crowd(true);
}

static void set_priority(unsigned intid, unsigned priority)
{
    model_write(0, intid, 0x400, priority);
    access_begins(0);
    vgic_register(&cpus[0], false, 0x400 + intid, 1, true, priority);
    machine_look(0);
}

/* Four active at once fill the list registers; what is less urgent comes after their ends, and
 * nothing but the maintenance interrupt brings it. */
static void nested(void)
{
    start(false);
    seed = 1;
    for (unsigned i = 0; i < 7; i++) {
        set_priority(64 + i, 0xc0 - 0x10 * i);
        model_write(0, 64 + i, 0x100, 1u << i);
        vgic_register(&cpus[0], false, 0x108, 4, true, 1u << i);
        machine_look(0);
    }
    for (unsigned i = 3; i < 7; i++) {
        device_at(64 + i, 2);
        machine_acknowledge(0);
    }
    CU_ASSERT_EQUAL(ichs[0].depth, 4);
    for (unsigned i = 0; i < 3; i++) {
        device_at(64 + i, 2);
    }
    for (unsigned i = 0; i < 4; i++) {
        machine_end(0);
    }
    for (unsigned i = 0; i < 3; i++) {
        machine_acknowledge(0);
        CU_ASSERT_EQUAL(ichs[0].depth, 1);
        machine_end(0);
    }
}

/* An edge that comes after its SPI was routed away while active: the end of the active one brings
 * it to the new target. */
static void routed_away(void)
{
    start(false);
    vgic_dist_write(&cpus[0], 0x104, 4, 1u << 4);
    machine_look(0);
    model_write(0, 36, 0x100, 1);
    device_at(36, 2);
    machine_acknowledge(0);
    now_on = 0;
    vgic_fold(&cpus[0]);
    model_write(0, 36, 0x6000, 1);
    vgic_dist_write(&cpus[0], 0x6000 + 8 * 36, 8, 1);
    machine_look(0);
    device_at(36, 2);
    machine_end(0);
    machine_acknowledge(1);
    CU_ASSERT_EQUAL(ichs[1].depth, 1);
}

int main(void)
{
    CU_pSuite suite;
    unsigned failures;

    CU_initialize_registry();
    suite = CU_add_suite("vgic", NULL, NULL);
    CU_add_test(suite, "random operations against the model", against_model);
    CU_add_test(suite, "more than the list registers hold", overflow);
    CU_add_test(suite, "nested as deep as the list registers", nested);
    CU_add_test(suite, "routed away while active", routed_away);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    failures = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failures != 0;
}
