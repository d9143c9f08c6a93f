/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "paths.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/failure.h"

static char *program_dir(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    return program ? g_path_get_dirname(program) : g_strdup(".");
}

char *paths_default_handset(void)
{
    g_autofree char *dir = program_dir();
    g_autofree char *path = g_build_filename(dir, "..", "images", "handset", NULL);
    return g_canonicalize_filename(path, NULL);
}

/* `variable`: of the environment, by which another place is chosen. */
static bool make_private_dir(const char *path, const char *variable, GError **error)
{
    struct stat info;

    if (g_mkdir_with_parents(path, 0700) != 0 || lstat(path, &info) != 0) {
        return failure_errno(error, "make the folder", path);
    }
    if (!S_ISDIR(info.st_mode)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY,
                    "%s is no folder; remove it or set %s", path, variable);
        return false;
    }
    if (info.st_uid != getuid()) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "the folder %s is another user's; remove it or set %s", path, variable);
        return false;
    }
    if ((info.st_mode & 0777) != 0700 && chmod(path, 0700) != 0) {
        return failure_errno(error, "make private the folder", path);
    }
    if (access(path, W_OK | X_OK) != 0) {
        return failure_errno(error, "write in the folder", path);
    }
    return true;
}

char *paths_runtime_dir(const char *name, GError **error)
{
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");
    g_autofree char *base = runtime && g_path_is_absolute(runtime)
                                ? g_build_filename(runtime, "phonebooth", NULL)
                                : g_strdup_printf("/tmp/phonebooth-%u", getuid());
    g_autofree char *path = g_build_filename(base, name, NULL);

    if (!make_private_dir(base, "XDG_RUNTIME_DIR", error) ||
        !make_private_dir(path, "XDG_RUNTIME_DIR", error)) {
        return NULL;
    }
    return g_steal_pointer(&path);
}

char *paths_state_dir(const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_user_state_dir(), "phonebooth", name, NULL);
    return make_private_dir(path, "XDG_STATE_HOME", error) ? g_steal_pointer(&path) : NULL;
}

char *paths_passing_logs(const char *runtime_dir, GError **error)
{
    g_autofree char *path = g_build_filename(runtime_dir, "logs", NULL);
    return make_private_dir(path, "XDG_RUNTIME_DIR", error) ? g_steal_pointer(&path) : NULL;
}

bool paths_lock(const char *runtime_dir, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(runtime_dir, "lock", NULL);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0) {
        return failure_errno(error, "open", path);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_BUSY,
                    "the phone '%s' is running already; `booth stop` ends it, --name starts "
                    "another one",
                    name);
        return false;
    }
    return true; /* the descriptor stays open: the lock ends with the process */
}
