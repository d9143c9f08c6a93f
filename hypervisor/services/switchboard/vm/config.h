/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the device tree says of a VM beside what it is: its images and disks, and what it may see.
 */
#ifndef VM_CONFIG_H
#define VM_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

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
    uint32_t networks;  /* a bit each: 0 Wi-Fi, 1 cellular data */
    bool is_protected;
    enum vm_view battery, sensors, position;
    enum vm_view camera; /* never VM_VIEW_FIXED */
    enum vm_sound sound;
    enum vm_microphone microphone;
    uint32_t battery_level;      /* battery VM_VIEW_FIXED: percent */
    int32_t latitude, longitude; /* position VM_VIEW_FIXED: as in nmea.h */
};

#endif
