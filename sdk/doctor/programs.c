/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Packages, and programs of others. */
#include <gio/gio.h>
#include <string.h>

#include "findings.h"

#define INSTALLER "install-packages"
#define FIX       "'booth doctor --fix' installs them"

/* What the script says; free with g_free(). NULL and `error`: it cannot be run, or fails. */
static char *missing(const char *setup, GError **error)
{
    g_autofree char *script = g_build_filename(setup, INSTALLER, NULL);
    g_autofree char *text = NULL, *wrong = NULL;
    g_autoptr(GSubprocess) process =
        g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, error,
                         script, "--list", NULL);

    if (process == NULL ||
        !g_subprocess_communicate_utf8(process, NULL, NULL, &text, &wrong, error)) {
        return NULL;
    }
    if (!g_subprocess_get_successful(process)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", g_strstrip(wrong));
        return NULL;
    }
    return g_strdelimit(g_strchomp(g_steal_pointer(&text)), "\n", ' ');
}

void doctor_packages(GPtrArray *findings, const char *setup)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *names = missing(setup, &error);

    if (names == NULL) {
        doctor_add(findings, "packages", DOCTOR_NOTE, "install what the list there names by hand",
                   "%s: cannot tell what is missing: %s", setup, error->message);
    } else if (*names) {
        doctor_add(findings, "packages", DOCTOR_PROBLEM, FIX, "missing: %s", names);
    } else {
        doctor_add(findings, "packages", DOCTOR_OK, NULL, "all of %s/packages are installed",
                   setup);
    }
}

gboolean doctor_install(const char *setup, GError **error)
{
    g_autofree char *script = g_build_filename(setup, INSTALLER, NULL);
    g_autofree char *log = g_build_filename(g_get_user_state_dir(), "phonebooth", "log", NULL);
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDIN_INHERIT);
    g_autoptr(GSubprocess) process = NULL;

    g_subprocess_launcher_set_stdout_file_path(launcher, "/dev/stderr");
    g_subprocess_launcher_setenv(launcher, "PHONEBOOTH_LOG", log, TRUE);
    process = g_subprocess_launcher_spawn(launcher, error, script, NULL);
    if (process == NULL || !g_subprocess_wait(process, NULL, error)) {
        return FALSE;
    }
    if (!g_subprocess_get_successful(process)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                            "the packages could not be installed");
    }
    return g_subprocess_get_successful(process);
}

static void look_for(GPtrArray *findings, const char *program, const char *package, const char *why)
{
    g_autofree char *path = g_find_program_in_path(program);
    g_autofree char *remedy = g_strdup_printf("apt install %s", package);

    if (path == NULL) {
        g_autofree char *admin = g_build_filename("/sbin", program, NULL);
        path = g_file_test(admin, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer(&admin) : NULL;
    }
    doctor_add(findings, program, path ? DOCTOR_OK : DOCTOR_NOTE, path ? NULL : remedy, "%s%s",
               path ? "" : "not there: ", path ? path : why);
}

void doctor_clients(GPtrArray *findings)
{
    look_for(findings, "adb", "adb", "'adb connect' to a persona needs it");
    look_for(findings, "ssh", "openssh-client", "to log in to a persona");
    look_for(findings, "qemu-img", "qemu-utils",
             "booth reset, persona add and upgrade need it once there are snapshots");
    look_for(findings, "mke2fs", "e2fsprogs", "new data disks need it");
}
