/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layers of a disk: qcow2 files (QEMU, docs/interop/qcow2.txt) that hold what was written since
 * the file below them. Pure but for the files.
 */
#ifndef SNAPSHOT_LAYER_H
#define SNAPSHOT_LAYER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The size in bytes of the disk in an image, raw or qcow2. False: it cannot be read. */
bool layer_disk_size(const char *image, uint64_t *size, GError **error);

/*
 * A new file `path`, durable, in which nothing has been written yet: it shows the disk of `bytes`
 * in `below`, a file name relative to the folder of `path` or absolute, `format` "raw" or "qcow2".
 */
bool layer_create(const char *path, const char *below, const char *format, uint64_t bytes,
                  GError **error);

/*
 * The file name below it as the layer says it, free with g_free(). NULL and `error`: it is no
 * layer as layer_create() makes them (another version, an external data file, no file below).
 */
char *layer_below(const char *path, GError **error);

/* Durable: the layer, one that layer_below() takes, lies over another file. `below` as there. */
bool layer_set_below(const char *path, const char *below, GError **error);

/* The file begins as a qcow2 file does. */
bool layer_is_qcow2(const char *path);

#endif
