/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "sysroot.h"

#include <gio/gio.h>
#include <stdio.h>

#include "share_find.h"

char *sysroot_make(char **packages)
{
    g_autofree char *script = share_find("sysroot"), *apt = share_find("apt-private");
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    char *folder = NULL;

    if (script == NULL || apt == NULL) {
        fprintf(stderr, "booth: its folder share/phonebooth/app is missing: install it again\n");
        return NULL;
    }
    g_ptr_array_add(words, script);
    g_ptr_array_add(words, apt);
    for (char **package = packages; *package != NULL; package++) {
        g_ptr_array_add(words, *package);
    }
    g_ptr_array_add(words, NULL);
    g_autoptr(GSubprocess) child = g_subprocess_newv((const char *const *)words->pdata,
                                                     G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
    if (child == NULL || !g_subprocess_communicate_utf8(child, NULL, NULL, &folder, NULL, &error)) {
        fprintf(stderr, "booth: %s\n", error->message);
    } else if (!g_subprocess_get_successful(child)) {
        g_clear_pointer(&folder, g_free); /* it has said why */
    }
    return folder ? g_strchomp(folder) : NULL;
}
