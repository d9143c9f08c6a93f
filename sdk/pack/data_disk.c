/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "data_disk.h"
#include "error.h"
#include "format.h"
#include "output.h"
#include "tool.h"

#define MIN_DATA_DISK 0x1000000ull
#define HEAD          4096u /* bytes that tell what it is */

struct disk {
    const char *path;
    guint64 size; /* as the guest sees it */
    enum pack_format format;
    guint64 content; /* bytes of its file system */
};

static guint64 round_up(guint64 size)
{
    guint64 rounded = MIN_DATA_DISK;

    while (rounded < size) {
        rounded *= 2;
    }
    return rounded;
}

static gboolean make(const char *path, guint64 size, GError **error)
{
    struct pack_output output = {.fd = -1};
    gboolean ok = pack_output_open(&output, path, size, error);

    if (ok) {
        const char *const argv[] = {
            "mke2fs", "-q", "-F", "-t", "ext4", "-L", "data", "-m", "0", output.temporary, NULL};

        ok = pack_tool_run(argv, 0, error);
        if (!ok) {
            g_prefix_error(error, "%s: ", path);
        }
    }
    ok = ok && pack_output_commit(&output, error);
    pack_output_finish(&output);
    return ok;
}

static gboolean refuse(const struct disk *disk, GError **error, const char *why)
{
    return pack_fail(error,
                     "%s: %s; it is a persona's data disk: mend it, or move it away and an "
                     "empty one is made",
                     disk->path, why);
}

/* fd is its image. */
static gboolean look(struct disk *disk, int fd, GError **error)
{
    guint8 head[HEAD] = {0};
    struct stat info;

    if (fd < 0 || fstat(fd, &info)) {
        return refuse(disk, error, g_strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return refuse(disk, error, "not a regular file");
    }
    if (pread(fd, head, HEAD, 0) < 0) {
        return refuse(disk, error, g_strerror(errno));
    }
    disk->size = (guint64)info.st_size;
    disk->format = pack_format_of(head, HEAD);
    disk->content = disk->format == FORMAT_EXT ? pack_format_size(head, HEAD) : 0;
    return TRUE;
}

/* QEMU locks bytes of an image that it uses. */
static gboolean is_used(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

gboolean pack_data_disk_is_used(const char *path)
{
    int fd = g_open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    gboolean used = fd >= 0 && is_used(fd);

    if (fd >= 0) {
        close(fd);
    }
    return used;
}

/* What was stored since the first snapshot is in files over it, which show it as it was. */
static gboolean has_layers(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *handset = g_path_get_dirname(folder);
    g_autofree char *present = g_build_filename(handset, "snapshots", "present.json", NULL);

    return g_file_test(present, G_FILE_TEST_EXISTS);
}

static gboolean check(const struct disk *disk, guint64 wanted, int fd, GError **error)
{
    if (disk->size < disk->content || !disk->size || (disk->size & (disk->size - 1))) {
        return refuse(disk, error, "truncated: its size is not what it was made with");
    }
    if (disk->size > wanted) {
        return pack_fail(error,
                         "%s: has %" PRIu64
                         " MiB, more than the description's data size of %" PRIu64
                         " MiB; pack does not shrink it: say %" PRIu64 "M, or move it away",
                         disk->path, disk->size >> 20, wanted >> 20, disk->size >> 20);
    }
    if (disk->size < wanted && has_layers(disk->path)) {
        return pack_fail(error,
                         "%s: has %" PRIu64 " MiB, the description says %" PRIu64
                         "; pack does not grow a disk that snapshots lie over",
                         disk->path, disk->size >> 20, wanted >> 20);
    }
    if (disk->size < wanted && is_used(fd)) {
        return pack_fail(error, "%s: cannot grow while a phone uses it; `booth stop` first",
                         disk->path);
    }
    return TRUE;
}

/* e2fsck's exit status 1: it has corrected something, as after a power cut. */
static gboolean grow_copy(const struct disk *disk, const char *copy, guint64 size, GError **error)
{
    const char *const cp[] = {"cp", "--sparse=always", "--reflink=auto", disk->path, copy, NULL};
    const char *const fsck[] = {"e2fsck", "-f", "-p", copy, NULL};
    const char *const resize[] = {"resize2fs", copy, NULL};

    if (!pack_tool_run(cp, 0, error)) {
        return FALSE;
    }
    if (truncate(copy, (off_t)size)) {
        return pack_fail(error, "%s", g_strerror(errno));
    }
    return disk->format != FORMAT_EXT ||
           (pack_tool_run(fsck, 1, error) && pack_tool_run(resize, 0, error));
}

static gboolean grow(const struct disk *disk, guint64 size, GError **error)
{
    g_autofree char *copy = g_strconcat(disk->path, ".new", NULL);

    if (grow_copy(disk, copy, size, error) &&
        (!g_rename(copy, disk->path) || pack_fail(error, "%s", g_strerror(errno)))) {
        return TRUE;
    }
    g_unlink(copy);
    g_prefix_error(error, "%s: does not grow to %" PRIu64 " MiB and stays as it is: ", disk->path,
                   size >> 20);
    return FALSE;
}

gboolean pack_data_disk_make(const char *path, guint64 size, gboolean *grown, GError **error)
{
    struct disk disk = {.path = path};
    guint64 wanted = round_up(size);
    gboolean ok;
    int fd;

    *grown = FALSE;
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return make(path, wanted, error);
    }
    fd = g_open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    ok = look(&disk, fd, error) && check(&disk, wanted, fd, error);
    if (fd >= 0) {
        close(fd);
    }
    if (!ok || disk.size == wanted) {
        return ok;
    }
    *grown = grow(&disk, wanted, error);
    return *grown;
}
