/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static char *folder(void)
{
    return g_build_filename(g_get_home_dir(), "Documents", "Notes", NULL);
}

static void note_free(gpointer data)
{
    note *note = data;

    g_free(note->path);
    g_free(note->title);
    g_free(note->excerpt);
    g_free(note);
}

/* The next line of *text with something in it, "" if there is none; *text goes on behind it. */
static char *next_line(const char **text)
{
    while (**text != '\0') {
        const char *end = strchrnul(*text, '\n');
        g_autofree char *line = g_strndup(*text, (gsize)(end - *text));

        *text = *end ? end + 1 : end;
        if (g_strstrip(line)[0] != '\0') {
            return g_steal_pointer(&line);
        }
    }
    return g_strdup("");
}

static note *read_note(const char *path)
{
    g_autofree char *text = store_load(path);
    const char *at = text;
    GStatBuf about;

    if (text == NULL || g_stat(path, &about) != 0) {
        return NULL;
    }
    note *note = g_new0(struct note, 1);
    note->path = g_strdup(path);
    note->title = next_line(&at);
    note->excerpt = next_line(&at);
    note->changed = about.st_mtime;
    return note;
}

static gint newest_first(gconstpointer one, gconstpointer other)
{
    const note *first = *(const note *const *)one, *second = *(const note *const *)other;

    return first->changed != second->changed ? (first->changed < second->changed ? 1 : -1)
                                             : strcmp(second->path, first->path);
}

GPtrArray *store_list(void)
{
    GPtrArray *notes = g_ptr_array_new_with_free_func(note_free);
    g_autofree char *where = folder();
    g_autoptr(GDir) files = g_dir_open(where, 0, NULL);
    const char *name;

    while (files != NULL && (name = g_dir_read_name(files)) != NULL) {
        g_autofree char *path = g_build_filename(where, name, NULL);
        note *note = g_str_has_suffix(name, ".txt") ? read_note(path) : NULL;
        if (note != NULL) {
            g_ptr_array_add(notes, note);
        }
    }
    g_ptr_array_sort(notes, newest_first);
    return notes;
}

char *store_new_path(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *where = folder(), *day = g_date_time_format(now, "%Y-%m-%d %H.%M.%S");
    char *path = NULL;

    for (int i = 1; path == NULL; i++) {
        g_autofree char *name =
            i == 1 ? g_strdup_printf("%s.txt", day) : g_strdup_printf("%s (%d).txt", day, i);
        path = g_build_filename(where, name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS)) {
            g_clear_pointer(&path, g_free);
        }
    }
    return path;
}

char *store_load(const char *path)
{
    g_autofree char *bytes = NULL;
    gsize length;

    return g_file_get_contents(path, &bytes, &length, NULL)
               ? g_utf8_make_valid(bytes, (gssize)length)
               : NULL;
}

gboolean store_save(const char *path, const char *text, GError **error)
{
    g_autofree char *where = g_path_get_dirname(path), *shown = g_strstrip(g_strdup(text));

    if (shown[0] == '\0') {
        g_unlink(path);
        return TRUE;
    }
    if (g_mkdir_with_parents(where, 0700) != 0) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", where, g_strerror(errno));
        return FALSE;
    }
    return g_file_set_contents(path, text, -1, error);
}
