/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Which files the disks of a handset are, once there are snapshots (docs/snapshots.md, "Disks"):
 * snapshots/present.json, and the layers in snapshots/disks. Whoever changes them holds the handset
 * (files_hold()).
 */
#ifndef HANDSET_PRESENT_H
#define HANDSET_PRESENT_H

#include "facts.h"

struct present {
    char *layer[FACTS_SLOTS]; /* file in snapshots/disks; NULL: the image itself */
    char *base[FACTS_SLOTS];  /* size and time of the image that the layers lie over */
    char *resume;             /* snapshot to go on from; NULL: the phone boots */
};

/* There are layers over the disks of the handset `dir`. */
gboolean present_exists(const char *dir);

gboolean present_load(struct present *present, const char *dir, GError **error);
gboolean present_store(const struct present *present, const char *dir, GError **error);
void present_free(struct present *present); /* what is in it */

/* The layers of snapshot `name`, in an array of FACTS_SLOTS to be freed one by one. */
gboolean present_of_snapshot(char **layer, const char *dir, const char *name, GError **error);

/*
 * A new empty layer of disk `slot` over the layer `below`, or over the image of `vm` if that is
 * NULL: its name, to be freed. NULL and `error`. qemu-img makes it.
 */
char *present_new_layer(const char *dir, const char *vm, guint slot, const char *below,
                        GError **error);

/* A new name of a file of disk `slot` in snapshots/disks, free with g_free(). */
char *present_new_name(guint slot, const char *suffix);
char *present_path(const char *dir, const char *name);

/* Names of all snapshots, free with g_strfreev(). */
char **present_snapshots(const char *dir);

/* Removes the snapshot `name`, if there is one. */
gboolean present_drop(const char *dir, const char *name, GError **error);

/* Removes the layers that neither the phone nor a snapshot needs; all stay if that cannot be told.
 */
void present_tidy(const char *dir);

#endif
