/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The VMs of the device tree: /phonebooth/vm@N (docs/design/contracts.md, section 5). */
#ifndef VMS_H
#define VMS_H

#include "config.h"
#include "vm.h"

/* Reads the nodes and keeps the pages they name out of memory_alloc(). A wrong node is left out. */
void vms_init(const void *fdt);

/* Makes ready for memory that protected VMs share. */
void vms_open(void);

const struct vm_config *vms_config(const struct vm *vm);

/* Takes what EL2 says in the VM's page: its state, and whose its RAM is now. */
void vms_take_state(struct vm *vm);

/* After each event: devices whose protected VM took memory away while they used it are told. */
void vms_settle(void);

struct vm *vms_find(const char *name);

/* Names of states and reasons as on the service port. */
const char *vms_state_name(enum pb_vm_state state);
const char *vms_reason_name(enum pb_vm_reason reason);

/* Why vm is STOPPED, into the log. */
void vms_log_end(const struct vm *vm);

/* A VM that stopped for this reason is to start again by itself. */
bool vms_comes_back(enum pb_vm_reason reason);

/* Complaints about this VM's requests since start. */
unsigned vms_complaints(const struct vm *vm);

#endif
