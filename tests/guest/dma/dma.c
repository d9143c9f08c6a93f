/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What the board's devices can reach by DMA when their owner tries everything: its own RAM and what
 * is lent or shared to it; not EL2, not other VMs, not other devices, and not a word beyond.
 */
#include "../lib/exception.h"
#include "../lib/gic.h"
#include "../lib/platform.h"
#include "../lib/psci.h"
#include "../lib/tap.h"
#include "drivers.h"

#include <phonebooth/hypercall.h>
#include <phonebooth/vmpage.h>

/* As pack lays it out. */
#define PRIVATE      1
#define SHARED       2
#define PRIVATE_RAM  0x84000000ull
#define SHARED_RAM   0x85000000ull
#define SERVICE_RAM  0x86000000ull /* and its eMMC: */
#define SERVICE_MMC  0x12330000ull
#define TRNG_DATA    0x12700008ull
#define FUSES_KEY    0x12710020ull
#define STORE_BUFFER 0x12720400ull
#define NOBODYS_RAM  0x87000000ull
#define PRIVATE_PAGE 0x83f10000ull
#define EL2_IMAGE    0x40200000ull
#define EL2_TABLE    0x40300000ull

/* worker.S */
#define REPORT 0x100000000ull
#define PROBE  0x800000ull /* in its RAM */

#define SECTOR_A 100u /* of the system image: behind its partition table, unused here */
#define SECTOR_B 101u
#define MAGIC    0x0dab1e50u
#define OLD      0x01d01d00u
#define TRIES    100000

extern const uint8_t worker_start[], worker_end[];

static volatile struct pb_vm_page *const page = (volatile struct pb_vm_page *)PRIVATE_PAGE;
static uint32_t out[BLOCK / 4] __attribute__((aligned(4096)));
static uint32_t in[BLOCK / 4] __attribute__((aligned(4096)));

int main(uint64_t dtb);

void secondary_main(unsigned cpu)
{
    (void)cpu;
}

static int64_t call(uint32_t function, uint64_t vm, uint64_t a, uint64_t b)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = vm;
    register uint64_t x2 __asm__("x2") = a;
    register uint64_t x3 __asm__("x3") = b;

    __asm__ volatile("hvc #0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x3) : "memory");
    return (int64_t)x0;
}

static void fill(uint32_t *block, uint32_t seed)
{
    for (unsigned i = 0; i < BLOCK / 4; i++) {
        ((volatile uint32_t *)block)[i] = seed + i;
    }
}

static bool holds(uint64_t address, uint32_t seed)
{
    for (unsigned i = 0; i < BLOCK / 4; i++) {
        if (read32(address + i * 4) != seed + i) {
            return false;
        }
    }
    return true;
}

/* The firewall refused just this since it was asked last. */
static void refused(uint32_t status, uint64_t address, const char *what)
{
    struct fault fault = fault_take();

    tap_is(fault.status, status, what);
    tap_is(fault.address, address, "and says where");
}

static void nothing_refused(const char *what)
{
    tap_is(fault_take().status, 0, what);
}

static void test_pages(void)
{
    struct trap load = try_read32(FIREWALL_CONTROL), store = try_write32(FIREWALL_CONTROL + 8, 1);

    tap_ok(trap_class(&load) == EC_DATA_ABORT, "the firewall's control page cannot be read");
    tap_ok(trap_class(&store) == EC_DATA_ABORT, "nor written");
    nothing_refused("nothing has been refused yet");
}

static bool is_closed(uint64_t address)
{
    struct trap load = try_read32(address), store = try_write32(address, 1);

    return trap_class(&load) == EC_DATA_ABORT && trap_class(&store) == EC_DATA_ABORT;
}

/* Another service's parts of the board, and its RAM. */
static void test_service(void)
{
    tap_ok(is_closed(SERVICE_MMC), "an eMMC that is a service's cannot be reached");
    tap_ok(is_closed(SERVICE_RAM), "nor can its RAM");
    tap_ok(is_closed(TRNG_DATA), "nor random numbers");
    tap_ok(is_closed(FUSES_KEY), "nor the fuses");
    tap_ok(is_closed(STORE_BUFFER), "nor the secure store");
    nothing_refused("that is no DMA");
}

static void test_allowed(void)
{
    tap_ok(card_init(), "the eMMC answers");
    fill(out, MAGIC);
    tap_ok(card_write(SECTOR_A, (uintptr_t)out), "eMMC: write from own RAM");
    tap_ok(card_read(SECTOR_A, (uintptr_t)in) && holds((uintptr_t)in, MAGIC), "read to own RAM");
    tap_ok(card_read(SECTOR_A, PRIVATE_RAM + PROBE) && holds(PRIVATE_RAM + PROBE, MAGIC),
           "read to lent RAM");
    tap_ok(display_show((uintptr_t)out), "display: a plane in own RAM");
    tap_ok(display_show(PRIVATE_RAM), "a plane in lent RAM");
    fill(in, 0);
    gem_loop((uintptr_t)out, (uintptr_t)in);
    tap_ok(read32((uintptr_t)in) == MAGIC, "GEM: a frame within own RAM");
    nothing_refused("none of these is refused");
}

/* The SD host at one address, both directions. EL2 would not survive it if it went through. */
static void attack(uint64_t address, const char *what)
{
    uint32_t count = fault_take().count;
    struct fault fault;

    tap_ok(!card_read(SECTOR_A, address), what);
    fault = fault_take();
    tap_is(fault.status, FAULT_WRITE(MASTER_SDHCI), "the write is refused");
    tap_is(fault.address, address, "and latched");
    tap_ok(fault.count > count, "and counted");
    fill(out, OLD);
    card_write(SECTOR_B, (uintptr_t)out);
    tap_ok(!card_write(SECTOR_B, address), "nor the other way");
    refused(FAULT_READ(MASTER_SDHCI), address, "the read is refused");
    tap_ok(card_read(SECTOR_B, (uintptr_t)in) && holds((uintptr_t)in, OLD), "and gives nothing");
}

static void test_sdhci(void)
{
    attack(EL2_IMAGE, "eMMC: EL2's code");
    attack(EL2_TABLE, "eMMC: EL2's table");
    attack(0x40000000, "eMMC: SRAM");
    attack(SERVICE_RAM, "eMMC: RAM of a service");
    attack(SERVICE_MMC, "eMMC: another eMMC's registers");
    attack(FUSES_KEY & ~0xfffull, "eMMC: the fuses");
    attack(STORE_BUFFER & ~0xfffull, "eMMC: the secure store");
    attack(TRNG_DATA & ~0xfffull, "eMMC: random numbers");
    attack(NOBODYS_RAM, "eMMC: RAM of nobody");
    attack(0xbff00000, "eMMC: the end of RAM");
    attack(0x10000000, "eMMC: the GIC");
    attack(0x12000000, "eMMC: EL2's UART");
    attack(FIREWALL_CONTROL, "eMMC: the firewall itself");
    attack(0, "eMMC: address 0");
    attack(1ull << 44, "eMMC: beyond what a window can say");
    attack(~0ull - 0xfff, "eMMC: the last page of all");
    fill(out, MAGIC);
    card_read(SECTOR_A, SERVICE_RAM - 256);
    refused(FAULT_WRITE(MASTER_SDHCI), SERVICE_RAM, "a block across a window's end is refused");
}

static void test_others(void)
{
    tap_ok(!display_show(EL2_IMAGE), "display: EL2's code");
    refused(FAULT_READ(MASTER_DISPLAY), EL2_IMAGE, "is refused");
    tap_ok(!display_show(SERVICE_RAM - 512), "display: a plane across a window's end");
    refused(FAULT_READ(MASTER_DISPLAY), SERVICE_RAM, "is refused");
    tap_ok(!display_show(0x12000000), "display: a device");
    refused(FAULT_READ(MASTER_DISPLAY), 0x12000000, "is refused");
    tap_ok(!display_show(FUSES_KEY & ~0xfffull), "display: the fuses");
    refused(FAULT_READ(MASTER_DISPLAY), FUSES_KEY & ~0xfffull, "is refused");
    gem_loop(FUSES_KEY, (uintptr_t)in);
    refused(FAULT_READ(MASTER_GEM), FUSES_KEY, "GEM: the fuses' key is refused");
    gem_loop((uintptr_t)out, EL2_IMAGE);
    refused(FAULT_WRITE(MASTER_GEM), EL2_IMAGE, "GEM: a frame to EL2's code is refused");
    fill(in, 0);
    gem_loop(EL2_IMAGE, (uintptr_t)in);
    refused(FAULT_READ(MASTER_GEM), EL2_IMAGE, "a frame from there is refused");
    tap_is(read32((uintptr_t)in), 0, "and empty");
    gem_loop_ring((uintptr_t)out, EL2_TABLE);
    refused(FAULT_READ(MASTER_GEM), EL2_TABLE, "a ring of descriptors there is refused");
}

/* The interrupt stays up until the fault is cleared. */
static void test_interrupt(void)
{
    write32(GICD_BASE + GIC_IGROUPR + FIREWALL_INTID / 32 * 4, ~0u);
    gic_set_priority(FIREWALL_INTID, GIC_PRIORITY);
    gic_enable(FIREWALL_INTID);
    tap_is(gic_wait(20), GIC_SPURIOUS, "no interrupt without a fault");
    display_show(EL2_IMAGE);
    tap_is(gic_wait(1000), FIREWALL_INTID, "a fault interrupts");
    gic_end(FIREWALL_INTID);
    tap_is(gic_wait(1000), FIREWALL_INTID, "as long as it is not cleared");
    display_show(EL2_TABLE);
    refused(FAULT_READ(MASTER_DISPLAY), EL2_IMAGE, "the first one is kept");
    gic_end(FIREWALL_INTID);
    tap_is(gic_wait(20), GIC_SPURIOUS, "and then no more");
    gic_disable(FIREWALL_INTID);
}

static int64_t repeat(uint32_t function, uint64_t vm)
{
    int64_t result = PB_E_AGAIN;

    for (unsigned i = 0; (result == PB_E_AGAIN || result > 0) && i < TRIES; i++) {
        result = call(function, vm, 0, 0);
    }
    return result;
}

static int64_t start(uint64_t vm, uint64_t ram)
{
    for (unsigned i = 0; worker_start + i < worker_end; i += 4) {
        write32(ram + i, *(const uint32_t *)(worker_start + i));
    }
    return call(PB_CALL_VM_START, vm, RAM_BASE, 0);
}

/* What the worker reads at PROBE from now on. */
static uint64_t worker_sees(void)
{
    uint32_t faults = page->faults;

    wait_until(&page->faults, faults + 2, 2000);
    return page->fault_ipa - REPORT;
}

static void attack_private(const char *what)
{
    tap_ok(!card_read(SECTOR_A, PRIVATE_RAM + PROBE), what);
    refused(FAULT_WRITE(MASTER_SDHCI), PRIVATE_RAM + PROBE, "eMMC to private RAM is refused");
    tap_ok(!card_write(SECTOR_B, PRIVATE_RAM + PROBE), "nor the other way");
    refused(FAULT_READ(MASTER_SDHCI), PRIVATE_RAM + PROBE, "eMMC from private RAM is refused");
    gem_loop((uintptr_t)out, PRIVATE_RAM + PROBE);
    refused(FAULT_WRITE(MASTER_GEM), PRIVATE_RAM + PROBE, "GEM to private RAM is refused");
    tap_ok(!display_show(PRIVATE_RAM), "display of private RAM");
    refused(FAULT_READ(MASTER_DISPLAY), PRIVATE_RAM, "is refused");
}

static void test_private(void)
{
    write32(PRIVATE_RAM + PROBE, OLD);
    tap_ok(display_show(PRIVATE_RAM), "a plane in lent RAM");
    tap_is((uint64_t)start(PRIVATE, PRIVATE_RAM), PB_OK, "VM_START of a VM that does not share");
    tap_ok(display_lost(), "the plane is dark: its memory was taken back");
    refused(FAULT_READ(MASTER_DISPLAY), PRIVATE_RAM, "and that is a fault");
    tap_is(worker_sees(), OLD, "the VM sees its RAM");
    attack_private("while it runs");
    tap_is(worker_sees(), OLD, "the VM's RAM is as it was");
    tap_is((uint64_t)repeat(PB_CALL_VM_PAUSE, PRIVATE), PB_OK, "VM_PAUSE");
    attack_private("while it is paused");
    tap_is((uint64_t)repeat(PB_CALL_VM_STOP, PRIVATE), PB_OK, "VM_STOP");
    attack_private("before it is scrubbed");
    tap_is((uint64_t)repeat(PB_CALL_VM_SCRUB, PRIVATE), PB_OK, "VM_SCRUB");
    tap_ok(display_show(PRIVATE_RAM), "its RAM is lent again: display");
    tap_ok(card_read(SECTOR_A, PRIVATE_RAM + PROBE) && holds(PRIVATE_RAM + PROBE, MAGIC), "eMMC");
    nothing_refused("nothing of it is refused");
}

static void test_shared(void)
{
    tap_is((uint64_t)start(SHARED, SHARED_RAM), PB_OK, "VM_START of a VM that shares");
    tap_ok(card_read(SECTOR_A, SHARED_RAM + PROBE) && holds(SHARED_RAM + PROBE, MAGIC),
           "eMMC to shared RAM while it runs");
    tap_ok(display_show(SHARED_RAM), "display of it");
    nothing_refused("nothing of it is refused");
    tap_is((uint64_t)repeat(PB_CALL_VM_STOP, SHARED), PB_OK, "VM_STOP");
}

int main(uint64_t dtb)
{
    (void)dtb;
    gic_init();
    gic_init_cpu();
    test_pages();
    test_service();
    test_allowed();
    test_sdhci();
    test_others();
    test_interrupt();
    test_private();
    test_shared();
    return 0;
}
