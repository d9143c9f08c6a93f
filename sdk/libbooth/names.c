/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "names.h"

#include <string.h>

#include "../lib/booth.h"
#include "start.h"

gboolean name_check(const char *name, GError **error)
{
    if (name == NULL || (name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL)) {
        return TRUE;
    }
    g_set_error(
        error, BOOTH_ERROR, BOOTH_ERROR_BAD_REQUEST,
        "a phone cannot be called '%s': a name is not empty, begins with no dot, has no slash",
        name);
    return FALSE;
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean answers(const char *name)
{
    g_autoptr(BoothPhone) phone = booth_phone_open(name, NULL, NULL);

    return phone != NULL;
}

char **booth_phone_names(void)
{
    g_autofree char *socket = booth_socket_path(NULL), *one = g_path_get_dirname(socket),
                    *all = g_path_get_dirname(one);
    g_autoptr(GDir) folder = g_dir_open(all, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *name;

    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        if (answers(name)) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_sort(names, by_name);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}
