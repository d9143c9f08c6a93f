/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "download.h"

#include <string.h>

#include "../app/sysroot.h"
#include "cli.h"
#include "transfer.h"

static void on_said(gpointer data, const char *line)
{
    transfer_said(data, line, strlen(line));
    transfer_said(data, "\n", 1);
}

int download_packages(char **packages, char **sysroot)
{
    g_autoptr(GError) error = NULL;
    struct transfer transfer;

    transfer_begin(&transfer, "packages", 0);
    *sysroot = sysroot_make(packages, on_said, &transfer, &error);
    transfer_end(&transfer);
    if (error != NULL) {
        return cli_fail(error);
    }
    return *sysroot ? EXIT_DONE : EXIT_LOCAL;
}
