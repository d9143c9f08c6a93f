/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The `handset.ini` that the emulator reads (docs/design/contracts.md, section
 * 7): what to load where, which disks there are, which VMs. With no
 * switchboard it also lists the guests' own files, which the loader then places.
 */
#ifndef PACK_PHONE_INI_H
#define PACK_PHONE_INI_H

#include <glib.h>

#include "plan.h"

/* A file of the output folder and the physical address to load it at. */
struct pack_load {
    char *file;
    guint64 address;
};

/* `loads` has `count` entries; `disk` names the file of each eMMC, NULL: empty. */
GBytes *pack_phone_ini_make(const struct pack_plan *plan, const struct pack_load *loads,
                            gsize count, const char *const disk[PB_MAX_VMS + 1]);

#endif
