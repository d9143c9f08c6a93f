/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that a handset names: found wanting here, in words, before QEMU is asked. */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "phone/handset.h"

static bool check_file(const struct handset *handset, const char *path, int mode, GError **error)
{
    struct stat info;
    const char *why = NULL;

    if (stat(path, &info) != 0) {
        why = g_strerror(errno);
    } else if (!S_ISREG(info.st_mode)) {
        why = "not a regular file";
    } else if (access(path, mode) != 0) {
        why = mode & W_OK ? "not writable by you" : "not readable by you";
    }
    if (why) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "%s, which %s/%s names: %s; `make images` builds it", path, handset->dir,
                    HANDSET_FILE, why);
    }
    return !why;
}

/* QEMU locks bytes of an image that it uses; see it before QEMU ends the process over it. */
static bool check_unlocked(const char *path, GError **error)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDWR | O_CLOEXEC);
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

bool handset_check_files(const struct handset *handset, GError **error)
{
    if (!check_file(handset, handset->kernel, R_OK, error)) {
        return false;
    }
    for (unsigned i = 0; i < handset->load_count; i++) {
        if (!check_file(handset, handset->load[i].path, R_OK, error)) {
            return false;
        }
    }
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        const char *image = handset->emmc[i];
        bool shared = i == HANDSET_EMMC_SYSTEM;
        if (image && (!check_file(handset, image, shared ? R_OK : R_OK | W_OK, error) ||
                      (!shared && !check_unlocked(image, error)))) {
            return false;
        }
    }
    return true;
}
