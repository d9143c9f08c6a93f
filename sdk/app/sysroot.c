/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "sysroot.h"

#include <gio/gio.h>

#include "share_find.h"

/* Until the child has closed its standard error. */
static void pass_on(GSubprocess *child, sysroot_said_fn *said, gpointer data)
{
    g_autoptr(GDataInputStream) lines =
        g_data_input_stream_new(g_subprocess_get_stderr_pipe(child));

    g_filter_input_stream_set_close_base_stream(G_FILTER_INPUT_STREAM(lines), FALSE);
    for (char *line; (line = g_data_input_stream_read_line(lines, NULL, NULL, NULL)) != NULL;) {
        said(data, line);
        g_free(line);
    }
}

static GSubprocess *start(char *script, char *apt, char **packages, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    g_ptr_array_add(words, script);
    g_ptr_array_add(words, apt);
    for (char **package = packages; *package != NULL; package++) {
        g_ptr_array_add(words, *package);
    }
    g_ptr_array_add(words, NULL);
    return g_subprocess_newv((const char *const *)words->pdata,
                             G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                             error);
}

char *sysroot_make(char **packages, sysroot_said_fn *said, gpointer data, GError **error)
{
    g_autofree char *script = share_find("sysroot"), *apt = share_find("apt-private");
    char *folder = NULL;

    if (script == NULL || apt == NULL) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                            "its folder share/phonebooth/app is missing: install it again");
        return NULL;
    }
    g_autoptr(GSubprocess) child = start(script, apt, packages, error);
    if (child == NULL) {
        return NULL;
    }
    pass_on(child, said, data);
    if (g_subprocess_communicate_utf8(child, NULL, NULL, &folder, NULL, error) &&
        !g_subprocess_get_successful(child)) {
        g_clear_pointer(&folder, g_free); /* it has said why */
    }
    return folder ? g_strchomp(folder) : NULL;
}
