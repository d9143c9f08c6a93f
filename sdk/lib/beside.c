/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "beside.h"

#include <glib.h>

char *beside_find(const char *program)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self ? g_path_get_dirname(self) : NULL;
    g_autofree char *beside = folder ? g_build_filename(folder, program, NULL) : NULL;

    if (beside != NULL && g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE)) {
        return g_steal_pointer(&beside);
    }
    return g_find_program_in_path(program);
}
