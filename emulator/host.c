/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* As QEMU's create_tmp_file() does it. False: errno. */
static bool can_make_files(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, "phonebooth-XXXXXX", NULL);
    int fd = g_mkstemp(path);

    if (fd < 0) {
        return false;
    }
    close(fd);
    g_unlink(path);
    return true;
}

bool host_choose_tmp(const char *fallback, GError **error)
{
    const char *named = g_getenv("TMPDIR");
    /* QEMU takes /var/tmp for /tmp: what is thrown away may be large, and /tmp be in memory. */
    const char *dir = named && *named && !g_str_equal(named, "/tmp") ? named : "/var/tmp";
    g_autofree char *why = NULL;

    if (can_make_files(dir)) {
        g_setenv("TMPDIR", dir, TRUE);
        return true;
    }
    why = g_strdup(g_strerror(errno));
    if (!can_make_files(fallback)) {
        g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno),
                    "no temporary files: neither in %s (%s) nor in %s (%s); set TMPDIR", dir, why,
                    fallback, g_strerror(errno));
        return false;
    }
    g_printerr("phonebooth: no temporary files in %s (%s): they are in %s\n", dir, why, fallback);
    g_setenv("TMPDIR", fallback, TRUE);
    return true;
}

bool host_check_gdb_port(GError **error)
{
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, HOST_GDB_PORT);
    g_autoptr(GError) why = NULL;

    if (socket && !g_socket_bind(socket, address, TRUE, &why)) {
        g_set_error(error, G_IO_ERROR, why->code,
                    "no gdb server at 127.0.0.1:%d: %s; another phone with --gdb?", HOST_GDB_PORT,
                    why->message);
        return false;
    }
    return socket != NULL;
}
