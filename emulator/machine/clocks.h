/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose virtual counter each CPU has loaded. Machine's thread. No QEMU types in this header. */
#ifndef MACHINE_CLOCKS_H
#define MACHINE_CLOCKS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The VM whose translations (VMID, which is the VM's number) the CPU uses, and CNTVOFF_EL2, by
 * which its virtual counter is behind CNTPCT_EL0. The CPU runs meanwhile: false, if it changes from
 * one VM to another just now, or does not exist.
 */
bool clocks_read(unsigned cpu, unsigned *vm, uint64_t *offset);

#endif
