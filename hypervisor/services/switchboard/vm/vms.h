/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The VMs of the device tree: /phonebooth/vm@N (docs/design/contracts.md, section 5). */
#ifndef VMS_H
#define VMS_H

#include "vm.h"

#define VMS_PARTITION 37u /* bytes of a partition's name and NUL */

/* What a persona sees of a part: what it is, always the same, or nothing. */
enum vm_view { VM_VIEW_REAL, VM_VIEW_FIXED, VM_VIEW_ABSENT };

/* How a persona sounds while it is not in front: quieter, as in front, or not at all; or never. */
enum vm_sound { VM_SOUND_DUCKED, VM_SOUND_MIXED, VM_SOUND_FRONT, VM_SOUND_ABSENT };

/* When it may use the microphone. */
enum vm_microphone { VM_MICROPHONE_FRONT, VM_MICROPHONE_ALWAYS, VM_MICROPHONE_ABSENT };

/* What is needed to load a VM, to find its disks, and what it may see. */
struct vm_config {
    char boot[VMS_PARTITION];
    char system[VMS_PARTITION];
    uint32_t data_slot; /* eMMC; UINT32_MAX: none */
    char join[16];      /* VMs with the same word see each other on the network; "": it sees none */
    bool is_protected;
    enum vm_view battery, sensors, position;
    enum vm_sound sound;
    enum vm_microphone microphone;
    uint32_t battery_level;      /* battery VM_VIEW_FIXED: percent */
    int32_t latitude, longitude; /* position VM_VIEW_FIXED: as in nmea.h */
};

/* Reads the nodes and keeps the pages they name out of memory_alloc(). A wrong node is left out. */
void vms_init(const void *fdt);

/* Makes ready for memory that protected VMs share. */
void vms_open(void);

const struct vm_config *vms_config(const struct vm *vm);

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
