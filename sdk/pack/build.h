/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * `pack build`: reads board, handset description and profiles, writes all that
 * the emulator and the switchboard need into one folder. A file appears under
 * its name only when it is complete. Data disks hold the user's files: they are
 * made when there is none and never touched again.
 */
#ifndef PACK_BUILD_H
#define PACK_BUILD_H

#include <glib.h>

struct pack_options {
    char *board;       /* compiled device tree; NULL: of the board that the description names, */
    char *boards;      /* in this folder, NAME.dtb */
    char *handset;     /* handset description */
    char **images;     /* folders with the images that profiles name; NULL-terminated, or NULL */
    char *hypervisor;  /* ELF, copied to the folder; NULL: it is not */
    char *switchboard; /* flat binary of the switchboard; needed if the handset has one */
    char *measure;     /* flat binary that protected VMs start with; NULL: none is measured */
    char *out;
    gboolean any_image; /* data disks may belong to other images: to upgrade one */
};

gboolean pack_build(const struct pack_options *options, GError **error);

#endif
