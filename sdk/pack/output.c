/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "error.h"
#include "output.h"

#define BLOCK 0x10000u

static gboolean fail(const struct pack_output *output, const char *what, GError **error)
{
    return pack_fail(error, "%s: cannot %s: %s", output->temporary, what, g_strerror(errno));
}

gboolean pack_output_open(struct pack_output *output, const char *path, guint64 size,
                          GError **error)
{
    output->path = g_strdup(path);
    output->temporary = g_strconcat(path, ".new", NULL);
    output->fd = g_open(output->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (output->fd < 0) {
        return fail(output, "create it", error);
    }
    if (ftruncate(output->fd, (off_t)size)) {
        return fail(output, "make it that large", error);
    }
    return TRUE;
}

static gboolean write_fully(struct pack_output *output, guint64 offset, const guint8 *data,
                            gsize size, GError **error)
{
    while (size) {
        ssize_t written = pwrite(output->fd, data, size, (off_t)offset);

        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return fail(output, "write it", error);
        }
        offset += (guint64)written;
        data += written;
        size -= (gsize)written;
    }
    return TRUE;
}

static gboolean is_zero(const guint8 *data, gsize size)
{
    return !data[0] && !memcmp(data, data + 1, size - 1);
}

gboolean pack_output_write(struct pack_output *output, guint64 offset, const void *data, gsize size,
                           GError **error)
{
    const guint8 *bytes = data;

    for (gsize at = 0; at < size; at += BLOCK) {
        gsize step = MIN(BLOCK, size - at);

        if (!is_zero(bytes + at, step) &&
            !write_fully(output, offset + at, bytes + at, step, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean pack_output_commit(struct pack_output *output, GError **error)
{
    if (close(output->fd)) {
        output->fd = -1;
        return fail(output, "write it", error);
    }
    output->fd = -1;
    if (g_rename(output->temporary, output->path)) {
        return fail(output, "rename it", error);
    }
    g_clear_pointer(&output->temporary, g_free);
    return TRUE;
}

void pack_output_finish(struct pack_output *output)
{
    if (output->fd >= 0) {
        close(output->fd);
    }
    if (output->temporary) {
        g_unlink(output->temporary);
    }
    g_free(output->temporary);
    g_free(output->path);
    *output = (struct pack_output){.fd = -1};
}

gboolean pack_output_bytes(const char *path, GBytes *bytes, GError **error)
{
    struct pack_output output = {.fd = -1};
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    gboolean ok = pack_output_open(&output, path, size, error) &&
                  pack_output_write(&output, 0, data, size, error) &&
                  pack_output_commit(&output, error);

    pack_output_finish(&output);
    return ok;
}

/* Not a folder, and not a pipe, which would be waited for. */
static gboolean check_input(const char *path, GError **error)
{
    GStatBuf info;

    if (g_stat(path, &info)) {
        return pack_fail(error, "%s: %s", path, g_strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return pack_fail(error, "%s: %s, not a file; correct the name", path,
                         S_ISDIR(info.st_mode) ? "a folder" : "a device, pipe or socket");
    }
    if (!info.st_size) {
        return pack_fail(error, "%s: is empty; make it again", path);
    }
    if (g_access(path, R_OK)) {
        return pack_fail(error, "%s: not readable by you", path);
    }
    return TRUE;
}

GBytes *pack_input(const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = NULL;

    if (!check_input(path, error) || !(file = g_mapped_file_new(path, FALSE, error))) {
        return NULL;
    }
    return g_mapped_file_get_bytes(file);
}
