/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/secrets.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/random.h>
#include <unistd.h>

static bool fail(GError **error, const char *path)
{
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "cannot make %s: %s", path,
                g_strerror(errno));
    return false;
}

/* Two phones that start at a time have the same: whoever is second finds those of the first. */
static bool blow(const char *path, GError **error)
{
    g_autofree char *new = g_strdup_printf("%s.%d", path, (int)getpid());
    char fuses[SECRETS_FUSES_SIZE];
    bool there;

    if (getrandom(fuses, sizeof(fuses), 0) != (ssize_t)sizeof(fuses)) {
        return fail(error, path);
    }
    if (!g_file_set_contents_full(new, fuses, sizeof(fuses), G_FILE_SET_CONTENTS_DURABLE, 0600,
                                  error)) {
        return false;
    }
    there = link(new, path) == 0 || errno == EEXIST || fail(error, path);
    g_unlink(new);
    return there;
}

static bool check(const char *path, GError **error)
{
    GStatBuf info;

    if (g_stat(path, &info) != 0) {
        return fail(error, path);
    }
    if (!S_ISREG(info.st_mode) || info.st_size != SECRETS_FUSES_SIZE || g_access(path, R_OK) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s: it is no file of %u bytes that you can read: put it back from a copy, or "
                    "remove it for a handset with another key",
                    path, SECRETS_FUSES_SIZE);
        return false;
    }
    return true;
}

bool secrets_prepare(struct secrets *secrets, const char *handset_dir, bool trial, GError **error)
{
    bool there;

    secrets->fuses = g_build_filename(handset_dir, SECRETS_FUSES_FILE, NULL);
    secrets->store = g_build_filename(handset_dir, SECRETS_STORE_FILE, NULL);
    there = g_file_test(secrets->fuses, G_FILE_TEST_EXISTS);
    if (!there && trial) {
        g_clear_pointer(&secrets->fuses, g_free);
        return true;
    }
    return (there || blow(secrets->fuses, error)) && check(secrets->fuses, error);
}

void secrets_clear(struct secrets *secrets)
{
    g_clear_pointer(&secrets->fuses, g_free);
    g_clear_pointer(&secrets->store, g_free);
}
