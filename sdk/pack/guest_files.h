/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The files that a VM starts with: read, unpacked, and refused if they cannot be what they are
 * given as. */
#ifndef PACK_GUEST_FILES_H
#define PACK_GUEST_FILES_H

#include <glib.h>

#include "handset.h"
#include "image.h"

struct pack_guest_files {
    GBytes *program; /* kernel or firmware, as it is loaded */
    GBytes *initrd;  /* or NULL */
    GBytes *system;  /* or NULL */
    struct pack_image image;
};

/*
 * Reads the files of `vm`, of the description `file`. A file that is absent, not readable, empty,
 * not a regular file, truncated as far as it says its size, or of a kind that this VM cannot use is
 * an error that names description, VM, key and file. Free with pack_guest_files_finish(), after a
 * failure too.
 */
gboolean pack_guest_files_read(struct pack_guest_files *files, const struct pack_vm *vm,
                               const char *file, GError **error);
void pack_guest_files_finish(struct pack_guest_files *files);

#endif
