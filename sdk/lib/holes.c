/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "holes.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PIECE (1u << 20)
#define PAGE  4096

void holes_note(struct archive_entry *entry, int file, gint64 size)
{
    off_t data = lseek(file, 0, SEEK_DATA);

    if (data < 0 && errno == ENXIO) { /* one hole */
        archive_entry_sparse_add_entry(entry, size, 0);
    }
    while (data >= 0 && data < size) {
        off_t hole = lseek(file, data, SEEK_HOLE);
        if (hole <= data) {
            archive_entry_sparse_clear(entry);
            break;
        }
        archive_entry_sparse_add_entry(entry, data, hole - data);
        data = lseek(file, hole, SEEK_DATA);
    }
}

/* libarchive wants the zeros of holes, too, and leaves them out itself. */
enum holes holes_give(struct archive *archive, int file, gint64 size)
{
    g_autofree char *piece = g_malloc(PIECE);

    for (gint64 at = 0; at < size;) {
        ssize_t length = pread(file, piece, (size_t)MIN((gint64)PIECE, size - at), at);
        if (length <= 0) {
            return HOLES_FILE;
        }
        if (archive_write_data(archive, piece, (size_t)length) < 0) {
            return HOLES_ARCHIVE;
        }
        at += length;
    }
    return HOLES_DONE;
}

static gboolean is_zero(const char *bytes, size_t length)
{
    return length == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, length - 1) == 0);
}

static gboolean write_block(int file, const char *bytes, size_t length, off_t at)
{
    while (length > 0) {
        size_t part = MIN(length, (size_t)(PAGE - at % PAGE));
        if (!is_zero(bytes, part) && pwrite(file, bytes, part, at) != (ssize_t)part) {
            return FALSE;
        }
        bytes += part;
        at += (off_t)part;
        length -= part;
    }
    return TRUE;
}

enum holes holes_take(struct archive *archive, int file, gint64 size)
{
    const void *bytes;
    size_t length;
    la_int64_t at;
    int result;

    while ((result = archive_read_data_block(archive, &bytes, &length, &at)) == ARCHIVE_OK) {
        if (at < 0 || at > size || (gint64)length > size - at) {
            return HOLES_LONGER;
        }
        if (!write_block(file, bytes, length, at)) {
            return HOLES_FILE;
        }
    }
    return result == ARCHIVE_EOF ? HOLES_DONE : HOLES_ARCHIVE;
}
