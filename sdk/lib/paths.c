/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <unistd.h>

#include "booth.h"

char *booth_socket_path(const char *name)
{
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");

    if (name == NULL) {
        name = "default";
    }
    if (runtime != NULL && runtime[0] == '/') {
        return g_build_filename(runtime, "phonebooth", name, "control.sock", NULL);
    }
    g_autofree char *base = g_strdup_printf("/tmp/phonebooth-%u", (unsigned)getuid());
    return g_build_filename(base, name, "control.sock", NULL);
}
