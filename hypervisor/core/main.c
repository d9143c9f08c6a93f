/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* After vectors.S: bring up the machine, then run vCPUs for ever. */
#include "cpu/firmware.h"
#include "cpu/gic.h"
#include "cpu/panic.h"
#include "vm/firewall.h"
#include "vm/life.h"
#include "vm/sched.h"

uint8_t pcpu_area[PB_MAX_PCPUS][PCPU_SIZE] __attribute__((aligned(PCPU_SIZE)));

/* vectors.S */
_Noreturn void vcpu_enter(struct vcpu *v);
void pcpu_start(void);
_Noreturn void boot_first(void);
_Noreturn void boot_secondary(void);

/* EL2 registers that stay as they are, whatever runs. */
static void init_cpu(void)
{
    gic_init_cpu();
    vgic_hw_init();
    sysreg_write(hcr_el2, HCR_RW | HCR_IMO | HCR_FMO | HCR_AMO);
    sysreg_write(hstr_el2, 0);
    sysreg_write(mdcr_el2, (sysreg_read(pmcr_el0) >> 11 & MDCR_HPMN) | MDCR_TPMCR | MDCR_TPM |
                               MDCR_TDA | MDCR_TDOSA | MDCR_TDRA | MDCR_TPMS | MDCR_TTRF);
    sysreg_write(oslar_el1, 0); /* a locked one would keep debug exceptions from guests */
    if (HAS_RAS) {
        sysreg_write(S3_4_C5_C2_3, 0); /* VSESR_EL2: what a virtual SError reports */
    }
    sysreg_write(vpidr_el2, sysreg_read(midr_el1));
    sysreg_write(cnthctl_el2, CNTHCTL_EL1PCTEN | CNTHCTL_EL1PCEN);
    sysreg_write(cntv_ctl_el0, 0);
    sysreg_write(cntp_ctl_el0, 0);
    isb();
}

void boot_secondary(void)
{
    init_cpu();
    vcpu_enter(sched_first());
}

void boot_first(void)
{
    gic_init_distributor();
    init_cpu();
    vm_init();
    firewall_enable();
    for (unsigned i = 1; i < TABLE->pcpus; i++) {
        pcpu_of(i)->id = i; /* 0's is 0 */
        if (firmware_psci(PSCI_CPU_ON, TABLE->mpidr[i], (uint64_t)pcpu_start, i) != PSCI_SUCCESS) {
            panic_message("CPU_ON");
        }
    }
    uart_puts("EL2 up\n");
    vcpu_enter(sched_first());
}
