/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <sys/wait.h>

#include "error.h"
#include "tool.h"

static char *find_program(const char *name)
{
    char *path = g_find_program_in_path(name);

    return path ? path : g_build_filename("/sbin", name, NULL);
}

static gboolean spawn(const char *const *argv, char **output, char **errors, int *status,
                      GError **error)
{
    g_auto(GStrv) args = g_strdupv((char **)argv);

    g_free(args[0]);
    args[0] = find_program(argv[0]);
    return g_spawn_sync(NULL, args, NULL, 0, NULL, NULL, output, errors, status, error);
}

gboolean pack_tool_run(const char *const *argv, int worst, GError **error)
{
    g_autofree char *output = NULL, *errors = NULL;
    int status;

    if (!spawn(argv, &output, &errors, &status, error)) {
        g_prefix_error(error, "install e2fsprogs: ");
        return FALSE;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) <= worst) {
        return TRUE;
    }
    g_strdelimit(g_strstrip(*g_strchug(errors) ? errors : output), "\n", ' ');
    return pack_fail(error, "%s failed: %s", argv[0], *errors ? errors : output);
}

gboolean pack_tool_output(const char *const *argv, char **output)
{
    g_autofree char *errors = NULL;
    int status;

    *output = NULL;
    if (spawn(argv, output, &errors, &status, NULL) && WIFEXITED(status) && !WEXITSTATUS(status)) {
        return TRUE;
    }
    g_clear_pointer(output, g_free);
    return FALSE;
}
