/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "share.h"

#include <fcntl.h>

#include "../app/share_find.h"
#include "say.h"

static void say_missing(void)
{
    say("its folder share/phonebooth/app is missing: install it again");
}

char *share_path(const char *name)
{
    char *path = share_find(name);

    if (path == NULL) {
        say_missing();
    }
    return path;
}

int share_open(const char *name)
{
    g_autofree char *path = share_find(name);
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

    if (file < 0) {
        say_missing();
    }
    return file;
}
