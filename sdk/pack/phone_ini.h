/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The `handset.ini` that the emulator reads (docs/design/contracts.md, section 7): what to load
 * where, which disks there are, which VMs. With no switchboard it also lists the guests' own files,
 * for the loader to place.
 */
#ifndef PACK_PHONE_INI_H
#define PACK_PHONE_INI_H

#include <glib.h>

#include "plan.h"

/* A file of the output folder and the physical address to load it at. */
struct pack_load {
    char *file;
    guint64 address;
    guint64 size; /* bytes */
};

/* What is in the output folder. */
struct pack_phone_files {
    const struct pack_load *load;
    gsize loads;
    const char *const *disk; /* PB_MAX_VMS + 1: the file of each eMMC; NULL: empty */
    guint64 system_size;     /* bytes of eMMC 0's file; 0: there is none */
};

GBytes *pack_phone_ini_make(const struct pack_plan *plan, const struct pack_phone_files *files);

#endif
