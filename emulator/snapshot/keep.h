/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Translations of a snapshot that is being saved (machine/translations.h, snapshot/translated.h). A
 * snapshot is as good without them, only slower to go on from: what goes wrong is said on standard
 * error, and there are none.
 */
#ifndef SNAPSHOT_KEEP_H
#define SNAPSHOT_KEEP_H

struct keep {
    char *id;
    char *path; /* of the file that is to be that of `id`; NULL: there is none */
};

/* Machine's thread, while the machine stands still, after its state was saved as `name`. */
void keep_begin(struct keep *keep, const char *name, const char *program);

/* A worker: they become those of the snapshot `name` in the folder `dir`, which is not there yet.
 */
void keep_finish(const struct keep *keep, const char *name, const char *dir);

/* Instead: there will be no snapshot. */
void keep_abandon(const struct keep *keep);

void keep_clear(struct keep *keep);

#endif
