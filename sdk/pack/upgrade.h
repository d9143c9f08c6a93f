/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Moves a persona of a packed handset to the system image that the handset's description has now.
 * A copy of the persona's data is moved, by its new image itself, in a handset made for it
 * (docs/design/persona-image.md); booth starts that one. Until pack_upgrade_commit() nothing of the
 * handset changes, and after it the old data is kept.
 */
#ifndef PACK_UPGRADE_H
#define PACK_UPGRADE_H

#include "handset.h"
#include "build.h"

struct pack_upgrade {
    struct pack_options options; /* of the handset */
    struct pack_handset handset;
    const struct pack_vm *vm; /* in `handset`, with the image that the description has */
    char *from, *to;          /* UUIDs of the images: of the data; of the description */
    char *folder;             /* OUT/VM */
    char *work;               /* OUT/VM/upgrade; the handset to start is `handset` in it */
};

/*
 * Reads what the folder `out` was packed from. It is an error if there is no persona of that name,
 * or if a phone runs. `from` is NULL if nothing was stored yet. Free with pack_upgrade_finish(),
 * after a failure too.
 */
gboolean pack_upgrade_read(struct pack_upgrade *upgrade, const char *out, const char *vm,
                           GError **error);
void pack_upgrade_finish(struct pack_upgrade *upgrade);

/* There is a newer image than that of the data. */
gboolean pack_upgrade_is_possible(const struct pack_upgrade *upgrade);

/* Makes the handset that does the work, with a copy of the data. */
gboolean pack_upgrade_prepare(const struct pack_upgrade *upgrade, GError **error);

/*
 * Puts the moved data in the place of the old one, which is kept, and packs the handset again.
 * `notes`: what the upgrade had to say, to be freed. It is an error, and nothing has changed, if
 * the data was not moved.
 */
gboolean pack_upgrade_commit(const struct pack_upgrade *upgrade, char **notes, GError **error);

/* Exchanges the data with what was kept, and packs the handset again. */
gboolean pack_upgrade_rollback(const struct pack_upgrade *upgrade, GError **error);

#endif
