/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Which function answers which trapped MRS and MSR: sysreg_rules.S. */
#ifndef TRAP_SYSREG_RULES_H
#define TRAP_SYSREG_RULES_H

/* A system register in 16 bits, in the order in which ESR_EL2.ISS has its parts. */
#define SYSREG(op0, op1, crn, crm, op2) \
    ((op0) << 14 | (op2) << 11 | (op1) << 8 | (crn) << 4 | (crm))

#ifndef __ASSEMBLER__
#include "vm/vm.h"

struct sysreg_rule {
    uint16_t mask;
    uint16_t reg;
    int16_t handler; /* cpu/table.h */
};

extern const struct sysreg_rule sysreg_rules[], sysreg_rules_end[];

/* A trapped MRS or MSR of register reg, a SYSREG(); *x is the value written, or takes the value
 * read. */
typedef void access_fn(struct vcpu *v, uint64_t *x, unsigned reg, bool read);

access_fn sysreg_sgi, sysreg_dir, sysreg_id, sysreg_zero, sysreg_mdscr, sysreg_oslsr, sysreg_debug,
    sysreg_didr, sysreg_sre, sysreg_ctlr, sysreg_pmr, sysreg_rpr;

#endif /* __ASSEMBLER__ */

#endif
