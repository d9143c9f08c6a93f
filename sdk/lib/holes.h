/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The contents of a large file with holes, such as a disk or a machine's memory, in a tar archive
 * and out of it (libarchive). Holes are neither stored nor written. Callers say what went wrong, so
 * there are no messages here.
 */
#ifndef BOOTH_HOLES_H
#define BOOTH_HOLES_H

#include <glib.h>

struct archive;
struct archive_entry;

enum holes {
    HOLES_DONE,
    HOLES_FILE,    /* the file cannot be read or written: errno */
    HOLES_ARCHIVE, /* archive_error_string() says why */
    HOLES_LONGER,  /* the archive has more bytes than the file */
};

/* Notes in the entry, before its header is written, where the `size` bytes of the file are data; in
 * a file system that cannot say: everywhere. */
void holes_note(struct archive_entry *entry, int file, gint64 size);

/* Writes the file's `size` bytes behind its header. */
enum holes holes_give(struct archive *archive, int file, gint64 size);

/* Writes an entry's bytes to the file, which is one hole of `size` bytes: pages of zeros stay one.
 */
enum holes holes_take(struct archive *archive, int file, gint64 size);

#endif
