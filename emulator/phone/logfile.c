/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/logfile.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <unistd.h>

#define OURS "emulator.log" /* written by who started this process */

struct logfile {
    char *path;
    int fd; /* -1: this file cannot be written any more */
    gsize size;
    bool complained;
};

static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

struct logfile *logfile_new(const char *path, GError **error)
{
    int fd = open_file(path);

    if (fd < 0) {
        g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno),
                    "cannot write the log %s: %s", path, g_strerror(errno));
        return NULL;
    }
    struct logfile *log = g_new0(struct logfile, 1);
    log->path = g_strdup(path);
    log->fd = fd;
    return log;
}

static void close_file(struct logfile *log)
{
    if (log->fd >= 0) {
        close(log->fd);
        log->fd = -1;
    }
}

void logfile_free(struct logfile *log)
{
    if (log) {
        close_file(log);
        g_free(log->path);
        g_free(log);
    }
}

static void complain(struct logfile *log)
{
    if (!log->complained) {
        g_printerr("phonebooth: %s ends early: %s\n", log->path, g_strerror(errno));
    }
    log->complained = true;
    close_file(log);
}

static void rotate(struct logfile *log)
{
    g_autofree char *older = g_strconcat(log->path, ".1", NULL);

    close_file(log);
    log->size = 0;
    if (g_rename(log->path, older) != 0 || (log->fd = open_file(log->path)) < 0) {
        complain(log);
    }
}

static void write_all(struct logfile *log, const uint8_t *bytes, gsize length)
{
    while (length > 0 && log->fd >= 0) {
        gssize done = write(log->fd, bytes, length);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            complain(log);
            return;
        }
        bytes += done;
        length -= (gsize)done;
    }
}

void logfile_write(struct logfile *log, const uint8_t *bytes, gsize length)
{
    while (length > 0) {
        gsize part = MIN(length, LOGFILE_MAX - log->size);
        write_all(log, bytes, part);
        log->size += part; /* counted even when it is lost: the next file begins in time */
        bytes += part;
        length -= part;
        if (log->size == LOGFILE_MAX) {
            rotate(log);
        }
    }
}

static bool is_log(const char *name)
{
    return (g_str_has_suffix(name, ".log") || g_str_has_suffix(name, ".log.1")) &&
           !g_str_equal(name, OURS);
}

static void each_log(const char *dir,
                     void (*fn)(const char *path, const char *name, const char *to), const char *to)
{
    g_autoptr(GDir) entries = g_dir_open(dir, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while (entries && (name = g_dir_read_name(entries))) {
        if (is_log(name)) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(dir, names->pdata[i], NULL);
        fn(path, names->pdata[i], to);
    }
}

static void remove_log(const char *path, const char *name G_GNUC_UNUSED,
                       const char *to G_GNUC_UNUSED)
{
    g_unlink(path);
}

static void move_log(const char *path, const char *name, const char *to)
{
    g_autofree char *target = g_build_filename(to, name, NULL);
    g_rename(path, target);
}

void logfile_keep_previous(const char *dir)
{
    g_autofree char *previous = g_build_filename(dir, "previous", NULL);

    if (g_mkdir_with_parents(previous, 0700) == 0) {
        each_log(previous, remove_log, NULL);
        each_log(dir, move_log, previous);
    }
}
