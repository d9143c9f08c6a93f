/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "ocr.h"

#include <gio/gio.h>

#include "gray.h"

#define PROGRAM "tesseract"

/* Text light on dark, or the other way round. */
static gboolean read_one(const struct gray *gray, gboolean light, GPtrArray *words, GError **error)
{
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                  G_SUBPROCESS_FLAGS_STDERR_PIPE);
    struct gray text = gray_text(gray, light);
    g_autoptr(GBytes) pgm = gray_pgm(&text), table = NULL, messages = NULL;
    g_autoptr(GSubprocess) child = NULL;

    g_free(text.pixels);
    g_subprocess_launcher_setenv(launcher, "OMP_THREAD_LIMIT", "1", TRUE);
    /* 11: text anywhere, in no order */
    child = g_subprocess_launcher_spawn(launcher, error, PROGRAM, "-", "-", "-l", "eng", "--psm",
                                        "11", "--dpi", "300", "tsv", NULL);
    if (child == NULL || !g_subprocess_communicate(child, pgm, NULL, &table, &messages, error)) {
        return FALSE;
    }
    if (!g_subprocess_get_successful(child)) {
        g_autofree char *said =
            g_strndup(g_bytes_get_data(messages, NULL), g_bytes_get_size(messages));
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, PROGRAM ": %s",
                    g_strdelimit(g_strstrip(said), "\r\n", ' '));
        return FALSE;
    }
    g_autofree char *tsv = g_strndup(g_bytes_get_data(table, NULL), g_bytes_get_size(table));
    text_read_tsv(tsv, words);
    return TRUE;
}

GPtrArray *ocr_read(const void *png, gsize size, GError **error)
{
    g_autofree char *program = g_find_program_in_path(PROGRAM);
    g_autoptr(GPtrArray) words = seen_list();
    struct gray gray = {0};
    gboolean done;

    if (program == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "text on the screen is read by " PROGRAM ", which is not installed; "
                    "'booth doctor --fix' installs tesseract-ocr");
        return NULL;
    }
    done = gray_read(&gray, png, size, error) && read_one(&gray, TRUE, words, error) &&
           read_one(&gray, FALSE, words, error);
    g_free(gray.pixels);
    return done ? text_lines(words) : NULL;
}
