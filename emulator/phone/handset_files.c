/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that a handset names: found wanting here, in words, before QEMU is asked. */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "phone/handset.h"
#include "phone/machine_args.h"

#define SECTOR     512u
#define QCOW2_SIZE 24u /* of the disk, big endian (QEMU, docs/interop/qcow2.txt) */

static bool check_file(const struct handset *handset, const char *path, int mode, GError **error)
{
    struct stat info = {0};
    const char *why = NULL;

    if (stat(path, &info) != 0) {
        why = g_strerror(errno);
    } else if (!S_ISREG(info.st_mode)) {
        why = "not a regular file";
    } else if (access(path, mode) != 0) {
        why = mode & W_OK ? "not writable by you" : "not readable by you";
    }
    if (why && mode & W_OK && S_ISREG(info.st_mode) && access(path, R_OK) == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "%s is not writable by you; --try runs the phone without changing it", path);
    } else if (why) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "%s, which %s/%s names: %s; `make images` builds it", path, handset->dir,
                    HANDSET_FILE, why);
    }
    return !why;
}

#define QEMU_LOCK_WRITE 101 /* the byte of an image that QEMU locks to write it (file-posix.c) */

/*
 * QEMU locks bytes of an image that it uses; see it before QEMU ends the process over it. Who only
 * reads minds a writer alone.
 */
static bool check_unlocked(const char *path, bool read_only, GError **error)
{
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = read_only ? QEMU_LOCK_WRITE : 0,
                         .l_len = read_only ? 1 : 0};
    int fd = open(path, (read_only ? O_RDONLY : O_RDWR) | O_CLOEXEC);
    bool locked = fd >= 0 && fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;

    if (fd >= 0) {
        close(fd);
    }
    if (locked) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_BUSY,
                    "%s is in use by another program; is this phone running already? "
                    "`booth stop` ends it",
                    path);
    }
    return !locked;
}

static bool check_size(const struct handset *handset, const char *path, GError **error)
{
    struct stat info;

    for (unsigned i = 0; i < handset->size_count; i++) {
        const struct handset_size *size = &handset->size[i];
        if (strcmp(size->path, path) != 0 || stat(path, &info) != 0 ||
            (uint64_t)info.st_size == size->bytes) {
            continue;
        }
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s has %" PRIu64 " bytes, not the %" PRIu64 " that pack wrote; `make images` "
                    "builds it",
                    path, (uint64_t)info.st_size, size->bytes);
        return false;
    }
    return true;
}

/* What QEMU would say of it in its own words, and end the process. */
static bool check_disk(const char *path, GError **error)
{
    bool qcow2 = strcmp(machine_args_disk_format(path), "qcow2") == 0;
    uint8_t head[QCOW2_SIZE + 8] = {0};
    struct stat info;
    uint64_t size = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && fstat(fd, &info) == 0 && pread(fd, head, sizeof(head), 0) >= 0) {
        size = (uint64_t)info.st_size;
    }
    if (fd >= 0) {
        close(fd);
    }
    if (qcow2 && memcmp(head, "QFI\xfb", 4) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s: is no qcow2 image, which its name says: take it from a copy, or name a "
                    "raw image otherwise",
                    path);
        return false;
    }
    if (qcow2) {
        memcpy(&size, head + QCOW2_SIZE, sizeof(size));
        size = GUINT64_FROM_BE(size);
    }
    if (size >= SECTOR && (size & (size - 1)) == 0) {
        return true;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "%s: %" PRIu64 " bytes are no size of an eMMC, a power of two: truncated? take it "
                "from a copy, or move it away and let `make images` make it new",
                path, size);
    return false;
}

static bool check_table(const struct handset *handset, const char *path, GError **error)
{
    g_autofree char *data = NULL;
    g_autofree char *name = g_path_get_basename(path);
    gsize size;

    return strcmp(name, HANDSET_TABLE) != 0 ||
           (g_file_get_contents(path, &data, &size, error) &&
            handset_check_table(handset, path, data, size, error));
}

static bool check_emmc(const struct handset *handset, unsigned slot, bool trial, GError **error)
{
    const char *image = handset->emmc[slot];
    bool read_only = trial || slot == HANDSET_EMMC_SYSTEM;

    return !image || (check_file(handset, image, read_only ? R_OK : R_OK | W_OK, error) &&
                      check_unlocked(image, read_only, error) &&
                      check_size(handset, image, error) && check_disk(image, error));
}

bool handset_check_files(const struct handset *handset, bool trial, GError **error)
{
    if (!check_file(handset, handset->kernel, R_OK, error) ||
        !check_size(handset, handset->kernel, error)) {
        return false;
    }
    for (unsigned i = 0; i < handset->load_count; i++) {
        const char *path = handset->load[i].path;
        if (!check_file(handset, path, R_OK, error) || !check_size(handset, path, error) ||
            !check_table(handset, path, error)) {
            return false;
        }
    }
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        if (!check_emmc(handset, i, trial, error)) {
            return false;
        }
    }
    return true;
}
