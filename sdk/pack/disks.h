/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The handset's disks: eMMC 0 with the partitions of all VMs, and each persona's data disk. */
#ifndef PACK_DISKS_H
#define PACK_DISKS_H

#include "fit.h"
#include "inputs.h"
#include "plan.h"

struct pack_disks {
    GArray *partitions;                 /* struct pack_partition, of eMMC 0 */
    GArray *contents;                   /* struct pack_content, same index */
    char *system_partition[PB_MAX_VMS]; /* its name, for each VM; NULL: the VM has none */
    char *file[PB_MAX_VMS + 1];         /* of each eMMC, in the output folder; NULL: empty */
    guint64 system_size;                /* bytes of eMMC 0; 0: there is none */
};

void pack_disks_init(struct pack_disks *disks);
void pack_disks_finish(struct pack_disks *disks);

/*
 * Adds the partitions of VM `vm`: `fit`, which must live until the disk is written, and its system
 * image, which VMs with the same one share.
 */
void pack_disks_add(struct pack_disks *disks, const struct pack_inputs *in, guint vm,
                    const struct pack_fit *fit);

/* Makes or grows, in the folder `out`, the data disk of VM `vm` if it has one (data_disk.h). */
gboolean pack_disks_make_data(struct pack_disks *disks, const struct pack_plan *plan, guint vm,
                              const char *out, GError **error);

/* Writes eMMC 0 with what was added into the folder `out`. */
gboolean pack_disks_write_system(struct pack_disks *disks, const char *out, GError **error);

#endif
