/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "trap.h"
#include "sched.h"
#include "switch.h"

#define WFX_WFE 1u

void trap_skip(uint64_t esr)
{
    sysreg_write(elr_el2, sysreg_read(elr_el2) + (esr & ESR_IL ? 4 : 2));
    sysreg_write(spsr_el2, sysreg_read(spsr_el2) & ~SPSR_SS); /* a guest's debugger steps on */
}

static void wfx(struct vcpu *v, uint64_t esr)
{
    trap_skip(esr);
    if (!(ESR_ISS(esr) & WFX_WFE)) {
        vcpu_wait(v);
    }
}

static void fp(struct vcpu *v, uint64_t esr)
{
    (void)esr;
    vcpu_take_fp(v);
}

static void hvc(struct vcpu *v, uint64_t esr)
{
    (void)esr; /* the return address is behind the HVC already */
    hypercall(v);
}

static void smc(struct vcpu *v, uint64_t esr)
{
    trap_skip(esr);
    hypercall(v);
}

/* By ESR_EL2.EC; what is not here is undefined for the guest. */
static void (*const handlers[])(struct vcpu *v, uint64_t esr) = {
    [EC_WFX] = wfx,
    [EC_FP] = fp,
    [EC_HVC32] = hvc,
    [EC_SMC32] = smc,
    [EC_HVC64] = hvc,
    [EC_SMC64] = smc,
    [EC_SYSREG] = trap_sysreg,
    [EC_IABT_LOW] = trap_inst_abort,
    [EC_DABT_LOW] = trap_data_abort,
};

struct vcpu *trap_sync(struct vcpu *v)
{
    uint64_t esr = sysreg_read(esr_el2);
    unsigned ec = ESR_EC(esr);

    count(PB_STAT_SYNC + ec);
    if (ec < sizeof(handlers) / sizeof(handlers[0]) && handlers[ec]) {
        handlers[ec](v, esr);
    } else {
        inject_undefined(v, esr);
    }
    return sched_leave(v);
}

/* A system error while a guest runs is the guest's: it becomes a virtual one. */
struct vcpu *trap_serror(struct vcpu *v)
{
    sysreg_write(hcr_el2, sysreg_read(hcr_el2) | HCR_VSE);
    return sched_leave(v);
}
