/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The keys of handset descriptions and profiles (docs/handset-description.md): one table for those
 * of a VM, which says of each where it may stand.
 */
#ifndef PACK_HANDSET_KEYS_H
#define PACK_HANDSET_KEYS_H

#include "handset.h"

/*
 * Each reads one group of `ini`, which is the file `file`, into the fields of its keys and leaves
 * other fields as they are. FALSE and an error that names file, group and key if the group has a
 * key that is not allowed there, or an invalid value.
 */

/* [handset] of a description. */
gboolean pack_handset_keys_read(struct pack_handset *handset, GKeyFile *ini, const char *file,
                                const char *group, GError **error);

/* [vm NAME] of a description, without `profile`. */
gboolean pack_handset_keys_read_vm(struct pack_vm *vm, GKeyFile *ini, const char *file,
                                   const char *group, GError **error);

/* A group of a profile; one that profiles do not have is an error. */
gboolean pack_handset_keys_read_profile(struct pack_vm *vm, GKeyFile *ini, const char *file,
                                        const char *group, GError **error);

#endif
