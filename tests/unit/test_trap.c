/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What EL2 does with one instruction that traps, one change of vCPU, one call, on a CPU of which
 * this file is the registers.
 */
#include "suite.h"

#include "hypervisor/core/call/tables.h"
#include "hypervisor/core/cpu/firmware.h"
#include "hypervisor/core/cpu/gic.h"
#include "hypervisor/core/trap/classes.h"
#include "hypervisor/core/trap/inject.h"
#include "hypervisor/core/trap/sysreg_rules.h"
#include "hypervisor/core/vm/block.h"
#include "hypervisor/core/vm/life.h"
#include "hypervisor/core/vm/stage2.h"
#include "hypervisor/core/vm/switch.h"
#include "hypervisor/core/vm/wake.h"

#define GICD     0x08000000ull
#define GICR     0x080a0000ull
#define VIO      0x0a000000ull
#define TRAP     0x09010000ull
#define PRIORITY (GICD + 0x400 + 32)
#define NEVER    0xdead /* a register that must not be touched */

/* ESR_EL2 of a data abort: translation fault, level 3 */
#define DABT(size_log2, rt, write)                                                   \
    ((uint64_t)EC_DABT_LOW << 26 | ESR_IL | DABT_ISV | (uint64_t)(size_log2) << 22 | \
     (uint64_t)(rt) << 16 | ((write) ? DABT_WNR : 0) | 7)

uint8_t pcpu_area[PB_MAX_PCPUS][PCPU_SIZE] __attribute__((aligned(PCPU_SIZE)));
struct vm vms[PB_MAX_VMS];
struct vcpu vcpus[PB_MAX_VCPUS];
const struct sysreg_rule sysreg_rules[1], sysreg_rules_end[1];

static uint64_t reg[HOST_REGISTERS];
static struct pb_vm_page pages[2];
static uint8_t slots[PB_VIO_SLOTS * PB_VIO_STRIDE] __attribute__((aligned(4096)));
static uint8_t gic[0x40000] __attribute__((aligned(65536)));
static unsigned aborts, started;

uint64_t host_get(enum host_register r)
{
    return r == HOST_tpidr_el2 ? (uintptr_t)pcpu_area[0] : reg[r];
}

void host_set(enum host_register r, uint64_t value)
{
    reg[r] = value;
}

void host_wfi(void)
{
    CU_FAIL("nothing here sleeps");
}

void lock(struct lock *l)
{
    CU_ASSERT_EQUAL(l->taken, 0);
    l->taken = 1;
}

void inject_abort(struct vcpu *v, uint64_t esr, struct ipa ipa)
{
    (void)v;
    (void)esr;
    (void)ipa;
    aborts++;
}

void inject_undefined(struct vcpu *v, uint64_t esr)
{
    (void)v;
    (void)esr;
    CU_FAIL("nothing here is undefined");
}

void vcpu_start(struct vcpu *v, struct ipa entry, uint64_t x0)
{
    (void)entry;
    (void)x0;
    started++;
    v->reset = true;
    vcpu_unblock(v, BLOCK_OFF);
}

int64_t vm_stop(struct vm *vm, enum pb_vm_reason reason)
{
    (void)vm;
    (void)reason;
    return PB_OK;
}

int64_t firmware_psci(uint32_t function, uint64_t x1, uint64_t x2, uint64_t x3)
{
    (void)function;
    (void)x1;
    (void)x2;
    (void)x3;
    return PSCI_NOT_SUPPORTED;
}

uint64_t stage2_vttbr(const struct vm *vm)
{
    return vm->id;
}

void context_save(struct context *c)
{
#define SAVE(a, b)        \
    c->a = reg[HOST_##a]; \
    c->b = reg[HOST_##b];
    CONTEXT_PAIRS(SAVE)
}

void context_load(const struct context *c)
{
#define LOAD(a, b)        \
    reg[HOST_##a] = c->a; \
    reg[HOST_##b] = c->b;
    CONTEXT_PAIRS(LOAD)
}

void fp_save(struct fp_regs *fp)
{
    (void)fp;
}

void fp_load(const struct fp_regs *fp)
{
    (void)fp;
}

/* Two VMs of two vCPUs, all on CPU 0; vcpus[0] is loaded. */
static void start(void)
{
    static bool mapped;
    struct pb_table *t = (struct pb_table *)PB_TABLE_PA;

    if (!mapped && mmap(t, PB_TABLE_MAX, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != t) {
        abort();
    }
    mapped = true;
    memset(t, 0, sizeof(*t));
    memset(reg, 0, sizeof(reg));
    memset(vms, 0, sizeof(vms));
    memset(vcpus, 0, sizeof(vcpus));
    memset(pcpu_area, 0, sizeof(pcpu_area));
    memset(pages, 0, sizeof(pages));
    memset(slots, 0, sizeof(slots));
    memset(gic, 0, sizeof(gic));
    aborts = started = 0;
    t->gicd = (uintptr_t)gic;
    t->gicr = (uintptr_t)gic + 0x10000;
    t->pcpus = 1;
    t->vm_count = 2;
    t->trap_count = 1;
    t->trap[0] = (struct pb_trap){.ipa = TRAP, .size = 0x1000};
    for (unsigned n = 0; n < 2; n++) {
        struct vm *vm = &vms[n];

        t->vm[n] = (struct pb_vm){.gicd_ipa = GICD,
                                  .gicr_ipa = GICR,
                                  .vio_ipa = VIO,
                                  .vio_pa = (uintptr_t)slots,
                                  .vio_intid = 48,
                                  .owner = 1,
                                  .vcpu_count = 2,
                                  .doorbell = 96,
                                  .hcr = HCR_RW,
                                  .spsr = SPSR_EL1H};
        vm->cfg = &t->vm[n];
        vm->id = (uint8_t)n;
        vm->page = &pages[n];
        vm->vcpu = &vcpus[2 * n];
        vm->vcpu_end = vm->vcpu + 2;
        vm->vgic.cpus = 2;
        for (unsigned i = 0; i < 2; i++) {
            struct vcpu *v = &vm->vcpu[i];

            v->vm = vm;
            v->index = (uint8_t)i;
            v->vgic.gic = &vm->vgic;
            v->vgic.index = (uint8_t)i;
            vm->vgic.cpu[i] = &v->vgic;
        }
        vgic_reset(&vm->vgic);
    }
    reg[HOST_hcr_el2] = HCR_RW;
    reg[HOST_spsr_el2] = SPSR_EL1H;
    this_pcpu()->cur = &vcpus[0];
}

static void access(uint64_t ipa, uint64_t esr)
{
    reg[HOST_hpfar_el2] = ipa >> 8 & ~15ull;
    reg[HOST_far_el2] = ipa;
    trap_data_abort(&vcpus[0], esr);
}

static void write_then_read(bool big)
{
    struct vcpu *v = &vcpus[0];

    v->x[1] = 0x1122334455667788;
    access(PRIORITY, DABT(2, 1, true));
    CU_ASSERT_EQUAL(v->vgic.bank[1]->prio[0], big ? 0x50 : 0x88);
    CU_ASSERT_EQUAL(v->vgic.bank[1]->prio[3], big ? 0x88 : 0x50);
    v->x[2] = 0;
    access(PRIORITY, DABT(2, 2, false));
    CU_ASSERT_EQUAL(v->x[2], 0x50607088);
    v->x[1] = 0x10b0;
    access(PRIORITY + 4, DABT(1, 1, true));
    CU_ASSERT_EQUAL(v->vgic.bank[1]->prio[4], big ? 0x10 : 0xb0);
    access(PRIORITY + 4, DABT(1, 2, false) | DABT_SSE | DABT_SF);
    CU_ASSERT_EQUAL(v->x[2], 0x10b0);
    access(PRIORITY + 4, DABT(0, 2, false) | DABT_SSE | DABT_SF);
    CU_ASSERT_EQUAL(v->x[2], big ? 0x10 : 0xffffffffffffffb0);
    v->x[1] = big ? 1ull << 56 : 1;
    access(GICD + 0x6000 + 8 * 40, DABT(3, 1, true));
    CU_ASSERT_EQUAL(v->vm->vgic.route[40], 1);
    CU_ASSERT_EQUAL(aborts, 0);
}

/* The guest's data accesses are in its own order, a device's registers are little endian. */
static void endianness(void)
{
    start();
    reg[HOST_sctlr_el1] = SCTLR_E0E;
    write_then_read(false);
    start();
    reg[HOST_sctlr_el1] = SCTLR_EE;
    write_then_read(true);
    start();
    reg[HOST_sctlr_el1] = SCTLR_EE;
    reg[HOST_spsr_el2] = 0x3c0; /* EL0 */
    write_then_read(false);
    start();
    reg[HOST_sctlr_el1] = SCTLR_E0E;
    reg[HOST_spsr_el2] = 0x3c0; /* EL0 */
    write_then_read(true);
    start();
    reg[HOST_sctlr_el1] = SCTLR_EE;
    reg[HOST_spsr_el2] = 0x1d3; /* AArch32 */
    write_then_read(false);
    start();
    reg[HOST_spsr_el2] = 0x1d3 | SPSR_E;
    write_then_read(true);
}

/* The owner's answer, too, when it comes. */
static void posted_order(void)
{
    struct vcpu *v = &vcpus[0];

    start();
    reg[HOST_sctlr_el1] = SCTLR_EE;
    v->x[1] = 0x11223344;
    access(VIO + 0x70, DABT(2, 1, true));
    CU_ASSERT_EQUAL(pages[0].io[0].state, 1);
    CU_ASSERT_EQUAL(pages[0].io[0].value, 0x44332211);
    CU_ASSERT_EQUAL(v->block, BLOCK_IO);
}

/* A register that other vCPUs have a part of: the instruction is over, whatever comes first. */
static void read_waits(void)
{
    struct vcpu *v = &vcpus[0], *other = &vcpus[1];

    start();
    reg[HOST_ich_vtr_el2] = BIT(19) | 3;
    other->pcpu = 1;
    pcpu_of(1)->cur = other;
    reg[HOST_elr_el2] = 0x1000;
    v->x[1] = NEVER;
    access(GICD + 0x300 + 4, DABT(2, 1, false));
    CU_ASSERT_EQUAL(reg[HOST_elr_el2], 0x1004);
    CU_ASSERT_EQUAL(v->block, BLOCK_READ);
    CU_ASSERT_EQUAL(v->x[1], NEVER);
    access(TRAP + 0x10, DABT(2, 3, true)); /* an interrupt's handler stores: once */
    CU_ASSERT_EQUAL(reg[HOST_elr_el2], 0x1008);
    other->vgic.bank[1]->active = 4;
    vm_lock(v->vm);
    vgic_fold(&other->vgic);
    vm_unlock(v->vm);
    CU_ASSERT_EQUAL(v->block, 0);
    CU_ASSERT_EQUAL(v->x[1], 4);
    CU_ASSERT_EQUAL(v->vm->reading, 0);
    access(GICR + 0x10200, DABT(2, 1, false)); /* its own: at once */
    CU_ASSERT_EQUAL(v->block, 0);
}

static void no_owner(void)
{
    struct vcpu *v = &vcpus[0];

    start();
    ((struct pb_table *)PB_TABLE_PA)->vm[0].doorbell = 0;
    access(VIO + 0x70, DABT(2, 1, true));
    access(VIO + 0x50, DABT(2, 1, true));
    CU_ASSERT_EQUAL(aborts, 2);
    CU_ASSERT_EQUAL(v->block, 0);
}

/* From vCPU 0 of VM 0 to that of VM 1 and back. */
static void change(unsigned from, unsigned to)
{
    vcpu_unload(&vcpus[from]);
    this_pcpu()->cur = &vcpus[to];
    vcpu_load(&vcpus[to]);
}

static void later_registers(void)
{
    start();
    reg[HOST_S3_4_C12_C1_1] = reg[HOST_S3_3_C13_C0_5] = NEVER;
    change(0, 2);
    CU_ASSERT_EQUAL(reg[HOST_S3_4_C12_C1_1], NEVER); /* this CPU has none: an access is undefined */
    CU_ASSERT_EQUAL(reg[HOST_S3_3_C13_C0_5], NEVER);
    start();
    reg[HOST_id_aa64pfr0_el1] = 1 << 28;
    reg[HOST_id_aa64pfr1_el1] = 1 << 24;
    reg[HOST_S3_4_C12_C1_1] = 7;
    reg[HOST_S3_3_C13_C0_5] = 8;
    vcpus[2].reset = true;
    change(0, 2);
    CU_ASSERT_EQUAL(reg[HOST_S3_4_C12_C1_1], 0);
    CU_ASSERT_EQUAL(reg[HOST_S3_3_C13_C0_5], 0);
    reg[HOST_S3_4_C12_C1_1] = 9;
    change(2, 0);
    CU_ASSERT_EQUAL(reg[HOST_S3_4_C12_C1_1], 7);
    CU_ASSERT_EQUAL(reg[HOST_S3_3_C13_C0_5], 8);
    CU_ASSERT_TRUE(reg[HOST_cptr_el2] & CPTR_TAM);
}

static uint64_t debug(unsigned op2, unsigned n, bool read, uint64_t value)
{
    sysreg_debug(&vcpus[0], &value, SYSREG(2, 0, 0, n, op2), read);
    return value;
}

static void debug_registers(void)
{
    uint64_t x = ~0ull;

    start();
    debug(4, 1, false, 0x1234);
    debug(7, 0, false, 0x77);
    CU_ASSERT_EQUAL(debug(4, 1, true, 0), 0x1234);
    CU_ASSERT_EQUAL(debug(4, 0, true, 0), 0);
    CU_ASSERT_EQUAL(debug(4, 2, true, 1), 0);
    CU_ASSERT_EQUAL(reg[HOST_dbgbvr1_el1], 0); /* MDE is off: they do not count */
    sysreg_mdscr(&vcpus[0], &x, SYSREG(2, 0, 0, 2, 2), false);
    CU_ASSERT_EQUAL(reg[HOST_mdscr_el1], MDSCR_GUEST);
    CU_ASSERT_EQUAL(reg[HOST_dbgbvr1_el1], 0x1234);
    CU_ASSERT_EQUAL(reg[HOST_dbgwcr0_el1], 0x77);
    debug(5, 1, false, 0x55);
    CU_ASSERT_EQUAL(reg[HOST_dbgbcr1_el1], 0x55);
    vcpus[2].context.mdscr_el1 = MDSCR_MDE;
    change(0, 2);
    CU_ASSERT_EQUAL(reg[HOST_dbgbvr1_el1], 0);
    CU_ASSERT_EQUAL(reg[HOST_dbgwcr0_el1], 0);
    change(2, 0);
    CU_ASSERT_EQUAL(reg[HOST_dbgbvr1_el1], 0x1234);
    vcpus[0].reset = true;
    vcpu_load(&vcpus[0]);
    CU_ASSERT_EQUAL(debug(4, 1, true, 0), 0);
}

/* Where the CPU cannot trap ICC_DIR_EL1 alone, these trap with it. */
static void common_traps(void)
{
    uint64_t x;

    start();
    CU_ASSERT_EQUAL(vgic_hw_trap_dir(), ICH_TC);
    reg[HOST_ich_vtr_el2] = 0x90000003;
    CU_ASSERT_EQUAL(vgic_hw_trap_dir(), ICH_TC);
    reg[HOST_ich_vmcr_el2] = 0xf0000002;
    sysreg_pmr(&vcpus[0], &x, 0, true);
    CU_ASSERT_EQUAL(x, 0xf0);
    x = 0xa7;
    sysreg_pmr(&vcpus[0], &x, 0, false);
    CU_ASSERT_EQUAL(reg[HOST_ich_vmcr_el2], 0xa0000002);
    x = 3;
    sysreg_ctlr(&vcpus[0], &x, 0, false);
    CU_ASSERT_EQUAL(reg[HOST_ich_vmcr_el2], 0xa0000212);
    CU_ASSERT_TRUE(vgic_hw_eoi_split());
    sysreg_ctlr(&vcpus[0], &x, 0, true);
    CU_ASSERT_EQUAL(x, 0x403);
    x = 0;
    sysreg_ctlr(&vcpus[0], &x, 0, false);
    CU_ASSERT_EQUAL(reg[HOST_ich_vmcr_el2], 0xa0000002);
    sysreg_rpr(&vcpus[0], &x, 0, true);
    CU_ASSERT_EQUAL(x, 0xff);
    reg[HOST_ich_ap1r0_el2] = 1u << 20;
    sysreg_rpr(&vcpus[0], &x, 0, true);
    CU_ASSERT_EQUAL(x, 0xa0);
    reg[HOST_ich_vtr_el2] |= BIT(19);
    CU_ASSERT_EQUAL(vgic_hw_trap_dir(), ICH_TDIR);
}

static void cpu_starts(void)
{
    start();
    reg[HOST_ich_vtr_el2] = 7; /* eight list registers */
    for (unsigned i = 0; i < 16; i++) {
        reg[HOST_ich_lr0_el2 + i] = LR_PENDING | NEVER;
    }
    vgic_hw_init();
    for (unsigned i = 0; i < 16; i++) {
        CU_ASSERT_EQUAL(reg[HOST_ich_lr0_el2 + i], i < 8 ? 0 : LR_PENDING | NEVER);
    }
    gic_init_cpu();
    CU_ASSERT_EQUAL(reg[HOST_icc_sre_el2], 7); /* Enable is clear: ICC_SRE_EL1 traps */
    CU_ASSERT_EQUAL(reg[HOST_icc_sre_el1], 7);
}

static void cpu_on(void)
{
    struct vcpu *v = &vcpus[0], *target = &vcpus[1];
    const uint64_t x[] = {1, 0x1000, 0};

    start();
    target->pcpu = 1;
    target->block = BLOCK_OFF;
    pcpu_of(1)->cur = target; /* it has called CPU_OFF and is leaving, or is just looked at */
    CU_ASSERT_EQUAL(psci_affinity_info(v->vm, (uint64_t[]){1, 0}, v), 0);
    CU_ASSERT_EQUAL(psci_cpu_on(v->vm, x, v), PSCI_SUCCESS);
    CU_ASSERT_EQUAL(psci_cpu_on(v->vm, x, v), PSCI_ON_PENDING);
    target->reset = false;
    CU_ASSERT_EQUAL(psci_cpu_on(v->vm, x, v), PSCI_ALREADY_ON);
    CU_ASSERT_EQUAL(started, 1);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"accesses in the guest's byte order", endianness},
        {"posted ones, too", posted_order},
        {"a read that waits is no instruction any more", read_waits},
        {"virtio without an owner is not there", no_owner},
        {"registers of later CPUs are each vCPU's own", later_registers},
        {"break- and watchpoints are each vCPU's own", debug_registers},
        {"a CPU without ICH_HCR_EL2.TDIR", common_traps},
        {"a CPU starts: list registers, ICC_SRE_EL2", cpu_starts},
        {"CPU_ON of one that is leaving", cpu_on},
        CU_TEST_INFO_NULL,
    };

    return run_suite("trap", tests);
}
