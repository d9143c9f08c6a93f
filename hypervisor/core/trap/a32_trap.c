/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Exceptions from AArch32, made like those from AArch64. */
#include "trap/a32_state.h"
#include "trap/guest.h"
#include "trap/trap.h"

/* ESR_EL2.ISS of a trapped MRS or MSR; MCR's has no op0. MCRR's differs in opc1 and Rt2. */
#define ISS(op0, op1, crn, crm, op2) \
    ((uint32_t)(op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
#define ISS_RT(i)    ((i) >> 5 & 31)
#define ISS_CRN(i)   ((i) >> 10 & 15)
#define ISS_CRM(i)   ((i) >> 1 & 15)
#define ISS_OPC1(i)  ((i) >> 16 & 15)
#define ISS_RT2(i)   ((i) >> 10 & 31)
#define ISS_OP0(ec)  (3u ^ (ec) >> 2)
#define ISS_OPERANDS 0x3e1u /* Rt, direction */

/*
 * CP14, CP15 and VMRS as the MRS or MSR that they would be in AArch64, which numbers most of them
 * alike. What has no such form stays as it is, undefined; what fails its condition becomes a WFE,
 * which does nothing here.
 */
static uint64_t translate(struct vcpu *v, uint64_t esr)
{
    uint32_t iss = esr & 0xfffff;

    if (!a32_passes(ESR_ISS(esr), (uint32_t)sysreg_read(spsr_el2))) {
        return (uint64_t)EC_WFX << 26 | (esr & ESR_IL) | WFX_WFE;
    }
    switch (ESR_EC(esr)) {
    case EC_CP15_32: /* op0 3, CP14: 2 */
    case EC_CP14_32:
        iss |= ISS(ISS_OP0(ESR_EC(esr)), 0, 0, 0, 0);
        iss |= (iss & ISS(0, 0, 0, 4, 0)) << 14; /* these IDs are reserved: zero, as with odd op2 */
        break;
    case EC_CP10: /* MVFR0 to MVFR2 are 7 down to 5 */
        iss = (iss & ISS_OPERANDS) | ISS(3, 0, 0, 3, ~ISS_CRN(iss) & 7);
        break;
    case EC_CP15_64: /* of what traps, c12: ICC_SGI1R, ICC_ASGI1R, ICC_SGI0R */
        vcpu_set_reg(v, ISS_RT(iss),
                     (uint32_t)vcpu_reg(v, ISS_RT(iss)) | vcpu_reg(v, ISS_RT2(iss)) << 32);
        iss = (iss & ISS_OPERANDS) | ISS(3, 0, ISS_CRM(iss), 11, 5 + ISS_OPC1(iss));
        break;
    default:
        return esr;
    }
    return (uint64_t)EC_SYSREG << 26 | (esr & ESR_IL) | iss;
}

struct vcpu *trap_sync32(struct vcpu *v)
{
    uint64_t esr = sysreg_read(esr_el2);

    if (ESR_EC(esr) < EC_IABT_LOW) {
        sysreg_write(esr_el2, translate(v, esr));
    }
    return trap_sync(v);
}
