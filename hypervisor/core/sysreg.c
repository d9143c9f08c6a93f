/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * System registers that trap. Debug and performance monitors read as zero and
 * ignore writes: they are not shared between VMs, so nobody has them.
 */
#include "sched.h"
#include "trap.h"

/* ESR_EL2.ISS of a trapped MRS or MSR */
#define ISS(op0, op1, crn, crm, op2) \
    ((uint32_t)(op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
#define ISS_ALL    ISS(3, 7, 15, 15, 7)
#define ISS_READ   1u
#define ISS_RT(i)  ((i) >> 5 & 31)
#define ISS_CRM(i) ((i) >> 1 & 15)
#define ISS_OP2(i) ((i) >> 17 & 7)

#define MDSCR_GUEST 0x3001ull /* KDE, TDCC, SS: single step works, breakpoints do not */
#define OSLSR_OSLM  BIT(3)

/* vectors.S: ID register n of op0 3, op1 0, CRn 0; n as id_index() says. */
uint64_t id_register(unsigned n);

/* *x is the value written, or takes the value read. */
typedef void access_fn(struct vcpu *v, uint32_t iss, uint64_t *x);

static void zero(struct vcpu *v, uint32_t iss, uint64_t *x)
{
    (void)v;
    (void)iss;
    *x = 0;
}

static void mdscr(struct vcpu *v, uint32_t iss, uint64_t *x)
{
    (void)v;
    if (iss & ISS_READ) {
        *x = sysreg_read(mdscr_el1);
    } else {
        sysreg_write(mdscr_el1, *x & MDSCR_GUEST);
    }
}

static void oslsr(struct vcpu *v, uint32_t iss, uint64_t *x)
{
    (void)v;
    (void)iss;
    *x = OSLSR_OSLM;
}

static void sgi(struct vcpu *v, uint32_t iss, uint64_t *x)
{
    vgic_sgi(&v->vgic, *x, ISS_OP2(iss) == 5);
}

static void dir(struct vcpu *v, uint32_t iss, uint64_t *x)
{
    (void)iss;
    vgic_fold(&v->vgic);
    vgic_dir(&v->vgic, *x & 0xffffff);
}

/*
 * Of CRm 1..3 all eight registers, of CRm 4..7 the first; the others belong to
 * extensions after Armv8.0 and read as zero.
 */
#define ID_INDEX(crm, op2) ((crm) < 4 ? ((crm)-1) * 8 + (op2) : 20 + (crm))
#define ID_PFR1            ID_INDEX(1, 1)
#define ID_DFR0            ID_INDEX(1, 2)
#define ID_AA64PFR0        ID_INDEX(4, 0)
#define ID_AA64DFR0        ID_INDEX(5, 0)

static void id(struct vcpu *v, uint32_t iss, uint64_t *x)
{
    unsigned crm = ISS_CRM(iss), op2 = ISS_OP2(iss), n = ID_INDEX(crm, op2);

    (void)v;
    *x = crm < 4 || op2 == 0 ? id_register(n) : 0;
    switch (n) {
    case ID_PFR1:
        *x &= 0xf00f0f0f; /* no virtualization, no security extension */
        break;
    case ID_DFR0:
        *x &= 0xfff; /* no PMU, no trace */
        break;
    case ID_AA64PFR0:
        *x &= 0x0fff00ff; /* no EL2, no EL3, nothing above GIC */
        break;
    case ID_AA64DFR0:
        *x = (*x & 0xf) | 0x101000; /* the least number of breakpoints and watchpoints */
        break;
    }
}

static const struct rule {
    uint32_t mask;
    uint32_t iss;
    access_fn *access;
} rules[] = {
    {ISS_ALL, ISS(3, 0, 12, 11, 5), sgi},              /* ICC_SGI1R_EL1 */
    {ISS_ALL, ISS(3, 0, 12, 11, 7), sgi},              /* ICC_SGI0R_EL1 */
    {ISS_ALL, ISS(3, 0, 12, 11, 6), zero},             /* ICC_ASGI1R_EL1: no other security state */
    {ISS_ALL, ISS(3, 0, 12, 11, 1), dir},              /* ICC_DIR_EL1 */
    {ISS(3, 7, 15, 8, 0), ISS(3, 0, 0, 0, 0), id},     /* ID registers, CRm 1..7 */
    {ISS_ALL, ISS(3, 0, 1, 0, 1), zero},               /* ACTLR_EL1 */
    {ISS_ALL, ISS(2, 0, 0, 2, 2), mdscr},              /* MDSCR_EL1 */
    {ISS_ALL, ISS(2, 0, 1, 1, 4), oslsr},              /* OSLSR_EL1 */
    {ISS(3, 3, 0, 0, 0), ISS(2, 0, 0, 0, 0), zero},    /* debug */
    {ISS(3, 7, 15, 12, 0), ISS(3, 3, 9, 12, 0), zero}, /* PMCR_EL0 .. PMOVSSET_EL0 */
    {ISS(3, 7, 15, 8, 0), ISS(3, 3, 14, 8, 0), zero},  /* PMEVCNTR_EL0, PMEVTYPER_EL0 */
    {ISS(3, 7, 15, 15, 0), ISS(3, 0, 9, 14, 0), zero}, /* PMINTENSET_EL1 */
};

void trap_sysreg(struct vcpu *v, uint64_t esr)
{
    uint32_t iss = ESR_ISS(esr);

    for (unsigned i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        if ((iss & rules[i].mask) == rules[i].iss) {
            uint64_t x = trap_reg(v, ISS_RT(iss));

            rules[i].access(v, iss, &x);
            if (iss & ISS_READ) {
                trap_set_reg(v, ISS_RT(iss), x);
            }
            trap_skip(esr);
            return;
        }
    }
    inject_undefined(v, esr);
}
