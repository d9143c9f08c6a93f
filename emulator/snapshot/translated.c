/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/translated.h"

#include <glib/gstdio.h>
#include <string.h>

#define ID_FILE    "translations"
#define ID_DIGITS  32
#define SUFFIX_NEW ".new"

/* How many files there may be: those of handsets that were removed by hand go in time. */
#define MAX_FILES 8u

struct file {
    char *path;
    gint64 used; /* when, in seconds */
};

static char *folder(void)
{
    return g_build_filename(g_get_user_cache_dir(), "phonebooth", "translations", NULL);
}

char *translated_new_id(void)
{
    return g_strdup_printf("%08x%08x%08x%08x", g_random_int(), g_random_int(), g_random_int(),
                           g_random_int());
}

char *translated_read_id(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, ID_FILE, NULL);
    g_autofree char *id = NULL;
    gsize length;

    if (!g_file_get_contents(path, &id, &length, NULL) || length != ID_DIGITS ||
        strspn(id, "0123456789abcdef") != ID_DIGITS) {
        return NULL;
    }
    return g_steal_pointer(&id);
}

bool translated_write_id(const char *dir, const char *id)
{
    g_autofree char *path = g_build_filename(dir, ID_FILE, NULL);

    return g_file_set_contents(path, id, ID_DIGITS, NULL);
}

char *translated_path(const char *id)
{
    g_autofree char *dir = folder();

    return id ? g_build_filename(dir, id, NULL) : NULL;
}

char *translated_begin(const char *id)
{
    g_autofree char *dir = folder();
    g_autofree char *name = g_strconcat(id, SUFFIX_NEW, NULL);
    char *path = g_build_filename(dir, name, NULL);

    if (g_mkdir_with_parents(dir, 0700) != 0) {
        g_clear_pointer(&path, g_free);
    }
    return path;
}

static void free_file(gpointer data)
{
    struct file *file = data;

    g_free(file->path);
    g_free(file);
}

static gint newest_first(gconstpointer a, gconstpointer b)
{
    const struct file *x = *(struct file *const *)a, *y = *(struct file *const *)b;

    return x->used > y->used ? -1 : x->used < y->used;
}

static GPtrArray *list_files(const char *dir_path)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(free_file);
    g_autoptr(GDir) dir = g_dir_open(dir_path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        struct file *file = g_new0(struct file, 1);
        GStatBuf info;
        file->path = g_build_filename(dir_path, name, NULL);
        file->used = g_stat(file->path, &info) == 0 ? MAX(info.st_mtime, info.st_atime) : 0;
        g_ptr_array_add(files, file);
    }
    g_ptr_array_sort(files, newest_first);
    return files;
}

bool translated_keep(const char *path, const char *id)
{
    g_autofree char *dir = folder();
    g_autofree char *target = translated_path(id);
    g_autoptr(GPtrArray) files = NULL;

    if (g_rename(path, target) != 0) {
        return false;
    }
    files = list_files(dir);
    for (guint i = 0, others = 0; i < files->len; i++) {
        const struct file *file = files->pdata[i];
        if (strcmp(file->path, target) != 0 && ++others >= MAX_FILES) {
            g_unlink(file->path);
        }
    }
    return true;
}

void translated_remove(const char *id)
{
    g_autofree char *path = translated_path(id);

    if (path) {
        g_unlink(path);
    }
}
