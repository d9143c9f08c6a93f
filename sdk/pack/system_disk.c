/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "system_disk.h"
#include "output.h"

static gboolean write_bytes(struct pack_output *output, guint64 offset, GBytes *bytes,
                            GError **error)
{
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);

    return pack_output_write(output, offset, data, size, error);
}

static gboolean write_content(struct pack_output *output, guint64 start,
                              const struct pack_content *content, GError **error)
{
    if (content->bytes) {
        return write_bytes(output, start, content->bytes, error);
    }
    if (!write_bytes(output, start, content->fit->tree, error)) {
        return FALSE;
    }
    for (guint i = 0; i < FIT_PARTS; i++) {
        if (content->fit->data[i] &&
            !write_bytes(output, start + content->fit->offset[i], content->fit->data[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_disk(struct pack_output *output, const char *path,
                           struct pack_partition *partitions, const struct pack_content *contents,
                           gsize count, guint64 size, GError **error)
{
    g_autofree guint8 *first = g_malloc(GPT_TABLE_SIZE), *last = g_malloc(GPT_BACKUP);

    pack_gpt_write(partitions, count, size, first, last);
    if (!pack_output_open(output, path, size, error) ||
        !pack_output_write(output, 0, first, GPT_TABLE_SIZE, error) ||
        !pack_output_write(output, size - GPT_BACKUP, last, GPT_BACKUP, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < count; i++) {
        if (!write_content(output, partitions[i].start, &contents[i], error)) {
            return FALSE;
        }
    }
    return pack_output_commit(output, error);
}

gboolean pack_system_disk_write(const char *path, struct pack_partition *partitions,
                                const struct pack_content *contents, gsize count, guint64 *size,
                                GError **error)
{
    struct pack_output output = {.fd = -1};
    gboolean ok;

    *size = pack_gpt_place(partitions, count);
    ok = write_disk(&output, path, partitions, contents, count, *size, error);
    pack_output_finish(&output);
    return ok;
}
