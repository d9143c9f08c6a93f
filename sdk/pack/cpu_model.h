/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The CPU that VMs see: a Cortex-A53 (Arm DDI 0500, 4.2 and 4.4) without EL2, EL3, PMU and trace,
 * and with the least number of breakpoints. The same on every handset, so that a persona can move;
 * the machine's CPUs must offer this or more (Armv8.0, AArch32 at EL1, cryptography).
 */
#ifndef PACK_CPU_MODEL_H
#define PACK_CPU_MODEL_H

#include <phonebooth/table.h>

/* Fills pb_table.id. */
void pack_cpu_model(uint64_t id[8][8]);

/* Fills pb_vm.hcr, sctlr and spsr: what a vCPU's registers are after reset, by PB_VM_A32. */
void pack_cpu_reset(struct pb_vm *vm);

#endif
