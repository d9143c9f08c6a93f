/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "board_find.h"
#include "error.h"

#define TREE ".dtb"

static int compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "one, two", or "none". */
static char *known(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *file;

    while (dir && (file = g_dir_read_name(dir))) {
        if (g_str_has_suffix(file, TREE)) {
            g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(TREE)));
        }
    }
    if (!names->len) {
        return g_strdup("none");
    }
    g_ptr_array_sort(names, compare);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(", ", (char **)names->pdata);
}

char *pack_board_find(const char *folder, const struct pack_handset *handset, GError **error)
{
    g_autofree char *file = g_strconcat(handset->board ? handset->board : "", TREE, NULL);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *boards = NULL;

    if (handset->board && g_file_test(path, G_FILE_TEST_EXISTS)) {
        return g_steal_pointer(&path);
    }
    boards = known(folder);
    pack_fail(error, "%s: [handset] board: %s; in %s there are: %s", handset->file,
              handset->board ? handset->board : "missing", folder, boards);
    return NULL;
}
