/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The device tree of a service: the board's nodes that it drives, its own memory
 * and CPUs, and, of the switchboard's, per VM that it serves /phonebooth/vm@ID:
 *
 *   compatible       "phonebooth,vm"
 *   reg              <ID>: number of the VM in calls to EL2
 *   name, display-name, kind ("persona" or "realtime"), share ("all" or "none")
 *   colour           <0xRRGGBB>
 *   ram              base and size, physical, two cells each
 *   ram-ipa          the same RAM as the VM addresses it, two cells
 *   vm-page          physical, two cells: struct pb_vm_page
 *   vio-pages        physical, two cells: virtio-mmio registers; absent: no virtio
 *   flash            physical, two cells: its flash that can be written; absent: none
 *   doorbell         <INTID>
 *   vcpus            <count>
 *   boot-partition   GPT partition of eMMC 0 with its FIT
 *   system-partition GPT partition of eMMC 0 with its system; absent: none
 *   data-slot        <eMMC number> of its data disk; absent: none
 *   join             VMs with the same word see each other on the network; absent: none does
 *   autostart        present: start it when the switchboard is up
 */
#ifndef PACK_SERVICE_DT_H
#define PACK_SERVICE_DT_H

#include <glib.h>

#include "plan.h"

/* Of VM `id`. `partition[vm]`: name of that VM's system partition, or NULL. */
GBytes *pack_service_dt_make(const struct pack_plan *plan, guint id,
                             const char *const partition[PB_MAX_VMS], GError **error);

/* "personal-boot" and the like. Free with g_free(). */
char *pack_boot_partition(const struct pack_vm *vm);

#endif
