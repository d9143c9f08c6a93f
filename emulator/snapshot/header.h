/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snapshot.json: what a snapshot is, and what it needs. It may come from anywhere (import), so
 * everything in it is checked before it is used.
 */
#ifndef SNAPSHOT_HEADER_H
#define SNAPSHOT_HEADER_H

#include <json-glib/json-glib.h>

#include "phone/handset.h"

#define HEADER_VERSION 1

typedef struct snapshot_header snapshot_header;

struct snapshot_header {
    char *time;  /* ISO 8601, UTC */
    char *board; /* its name */
    gint64 memory_mib;
    JsonObject *images; /* as identity_read() gives it; NULL with `phone` */
    /* File in snapshots/disks of each disk; NULL: the handset's image, or no such disk */
    char *layer[HANDSET_MAX_EMMC];
    JsonObject *phone; /* what the emulator knew (phone/record.h); NULL: disks only, to be booted */
};

/* NULL and `error`: it cannot be read, or is none that this version can use. */
struct snapshot_header *header_read(const char *path, GError **error);
struct snapshot_header *header_parse(const char *path, const char *text, gssize length,
                                     GError **error);

bool header_write(const struct snapshot_header *header, const char *path, GError **error);

void header_free(struct snapshot_header *header);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(snapshot_header, header_free)

/* What identifies the emulator that saved it, with `images` only. Belongs to the header. */
const char *header_program(const struct snapshot_header *header);

/*
 * Why its state cannot be used by this emulator with this handset, in words, to be freed with
 * g_free(); NULL: it can. `images`: as identity_read() gives it.
 */
char *header_mismatch(const struct snapshot_header *header, const struct handset *handset,
                      JsonObject *images);

/*
 * "1-0123456789abcdef.qcow2": a name that a layer of disk `slot` may have; with HEADER_RAW for an
 * image that came with a snapshot of another handset, and lies below all its layers.
 */
#define HEADER_QCOW2 ".qcow2"
#define HEADER_RAW   ".raw"
bool header_is_layer(const char *name, unsigned slot);

/* A name that no layer has yet; free with g_free(). */
char *header_new_layer(unsigned slot, const char *suffix);

/* Members of `object`, by slot number as name, to `layer` and back. False: a name is none. */
bool header_get_layers(JsonObject *object, char **layer);
JsonObject *header_put_layers(char *const *layer);

#endif
