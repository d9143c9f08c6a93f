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

/*
 * The size in bytes of the disk in an image, raw or qcow2 as its name says
 * (machine_args_disk_format()). False: it cannot be read.
 */
bool layer_disk_size(const char *image, uint64_t *size, GError **error);

/*
 * A new file `path`, durable, in which nothing has been written yet: it shows the disk of `bytes`
 * in `below`, a file name relative to the folder of `path` or absolute. It says the format of that
 * file, as the name has it.
 */
bool layer_create(const char *path, const char *below, uint64_t bytes, GError **error);

/*
 * The file name below it as the layer says it, free with g_free(). NULL and `error`: it is no
 * layer as layer_create() makes them (another version, an external data file, no file below, or
 * another format of that file than its name has).
 */
char *layer_below(const char *path, GError **error);

/*
 * Durable: the layer, one that layer_below() takes, lies over another file. `below` as there, of
 * the format of the file that was below.
 */
bool layer_set_below(const char *path, const char *below, GError **error);

/* False and `error`: a qcow2 image, by its name, that needs another file of the host. */
bool layer_check_image(const char *path, GError **error);

/*
 * False and `error`: a layer, or one below it, is none that layer_below() takes, or they lie over
 * an image that layer_check_image() refuses.
 */
bool layer_check_chain(const char *path, GError **error);

#endif
