/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "disks.h"
#include "error.h"
#include "output.h"

#define MIN_DATA_DISK 0x1000000ull

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
    if (content->bytes)
        return write_bytes(output, start, content->bytes, error);
    if (!write_bytes(output, start, content->fit->tree, error))
        return FALSE;
    for (guint i = 0; i < FIT_PARTS; i++) {
        if (content->fit->data[i] &&
            !write_bytes(output, start + content->fit->offset[i], content->fit->data[i], error))
            return FALSE;
    }
    return TRUE;
}

static gboolean write_disk(struct pack_output *output, const char *path,
                           struct pack_partition *partitions, const struct pack_content *contents,
                           gsize count, GError **error)
{
    g_autofree guint8 *first = g_malloc(GPT_TABLE_SIZE), *last = g_malloc(GPT_BACKUP);
    guint64 size = pack_gpt_place(partitions, count);

    pack_gpt_write(partitions, count, size, first, last);
    if (!pack_output_open(output, path, size, error) ||
        !pack_output_write(output, 0, first, GPT_TABLE_SIZE, error) ||
        !pack_output_write(output, size - GPT_BACKUP, last, GPT_BACKUP, error))
        return FALSE;
    for (gsize i = 0; i < count; i++) {
        if (!write_content(output, partitions[i].start, &contents[i], error))
            return FALSE;
    }
    return pack_output_commit(output, error);
}

gboolean pack_system_disk_write(const char *path, struct pack_partition *partitions,
                                const struct pack_content *contents, gsize count, GError **error)
{
    struct pack_output output = {.fd = -1};
    gboolean ok = write_disk(&output, path, partitions, contents, count, error);

    pack_output_finish(&output);
    return ok;
}

static char *find_mke2fs(void)
{
    char *path = g_find_program_in_path("mke2fs");

    return path ? path : g_strdup("/sbin/mke2fs");
}

static gboolean format(const char *path, GError **error)
{
    g_autofree char *program = find_mke2fs();
    g_autofree char *errors = NULL;
    const char *argv[] = {program, "-q", "-F", "-t", "ext4", "-L", "data", "-m", "0", path, NULL};
    int status;

    if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                      &errors, &status, error)) {
        g_prefix_error(error, "%s: install e2fsprogs: ", path);
        return FALSE;
    }
    if (!g_spawn_check_wait_status(status, NULL))
        return pack_fail(error, "%s: mke2fs failed: %s", path, g_strstrip(errors));
    return TRUE;
}

gboolean pack_data_disk_make(const char *path, guint64 size, GError **error)
{
    struct pack_output output = {.fd = -1};
    guint64 rounded = MIN_DATA_DISK;
    gboolean ok;

    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    while (rounded < size)
        rounded *= 2;
    ok = pack_output_open(&output, path, rounded, error) && format(output.temporary, error) &&
         pack_output_commit(&output, error);
    pack_output_finish(&output);
    return ok;
}
