/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "share_find.h"

#include <glib.h>

char *share_find(const char *name)
{
    static const char *const places[] = {"../lib/phonebooth/share/phonebooth/app",
                                         "../../sdk/app/share"};
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");

    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *path = g_build_filename(folder, places[i], name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS)) {
            return g_canonicalize_filename(path, NULL);
        }
    }
    return NULL;
}
