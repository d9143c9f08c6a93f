/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth build: an app for the phone's processor, and its archive. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "../app/bundle.h"
#include "../app/tar.h"
#include "command.h"
#include "download.h"
#include "io_watch.h"
#include "output.h"
#include "print.h"
#include "say.h"

#define TOOLS    "aarch64-linux-gnu-"
#define COMPILER TOOLS "gcc"

/* A variable for a compiler, which takes headers and libraries from the sysroot. */
static void set_compiler(GSubprocessLauncher *launcher, const char *variable, const char *program,
                         const char *sysroot)
{
    g_autofree char *command =
        sysroot ? g_strdup_printf("%s --sysroot=%s", program, sysroot) : g_strdup(program);

    g_subprocess_launcher_setenv(launcher, variable, command, TRUE);
}

/* What a Makefile finds in its environment (docs/apps.md). */
static void set_environment(GSubprocessLauncher *launcher, const char *sysroot)
{
    g_autofree char *places =
        g_strdup_printf("%s/usr/lib/aarch64-linux-gnu/pkgconfig:%s/usr/share/pkgconfig",
                        sysroot ? sysroot : "", sysroot ? sysroot : "");

    set_compiler(launcher, "CC", COMPILER, sysroot);
    set_compiler(launcher, "CXX", TOOLS "g++", sysroot);
    g_subprocess_launcher_setenv(launcher, "CFLAGS", "-O2 -g", FALSE);
    g_subprocess_launcher_setenv(launcher, "CXXFLAGS", "-O2 -g", FALSE);
    g_subprocess_launcher_setenv(launcher, "PKG_CONFIG_LIBDIR", places, TRUE);
    g_subprocess_launcher_setenv(launcher, "PKG_CONFIG_SYSROOT_DIR", sysroot ? sysroot : "", TRUE);
}

static int run_make(const char *folder, const char *sysroot)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
    g_autoptr(GError) error = NULL;

    set_environment(launcher, sysroot);
    g_subprocess_launcher_take_stdout_fd(launcher, dup(STDERR_FILENO));
    g_autoptr(GSubprocess) make = g_subprocess_launcher_spawn(
        launcher, &error, "make", "--no-print-directory", "-C", folder, NULL);
    if (make == NULL || !g_subprocess_wait(make, NULL, &error)) {
        return cli_fail(error);
    }
    if (!g_subprocess_get_successful(make)) {
        say("make has failed in %s", folder);
        return EXIT_LOCAL;
    }
    return EXIT_DONE;
}

static gboolean is_there(const char *program, const char *package)
{
    g_autofree char *path = g_find_program_in_path(program);

    if (path == NULL) {
        say("there is no %s: install the package %s", program, package);
    }
    return path != NULL;
}

/* Only if there is a Makefile: a script has nothing to be built. */
static int compile(const char *folder, const manifest *manifest)
{
    g_autofree char *makefile = g_build_filename(folder, "Makefile", NULL);
    g_autofree char *sysroot = NULL;

    if (!g_file_test(makefile, G_FILE_TEST_EXISTS)) {
        return EXIT_DONE;
    }
    if (!is_there("make", "make") || !is_there(COMPILER, "gcc-aarch64-linux-gnu")) {
        return EXIT_LOCAL;
    }
    if (manifest->packages != NULL && manifest->packages[0] != NULL) {
        int code = download_packages(manifest->packages, &sysroot);
        if (code != EXIT_DONE) {
            return code;
        }
    }
    return run_make(folder, sysroot);
}

/* The archive as bundle_pack() writes it; how far it is, is what booth itself has read. */
static gboolean pack_and_show(const bundle *bundle, const char *path, const key *key,
                              GError **error)
{
    g_autofree char *payload = g_build_filename(bundle->folder, "payload", NULL);
    g_autofree char *name = g_path_get_basename(path);
    const struct tar_item items[] = {{payload, (char *)"payload"}, {NULL, NULL}};
    struct io_watch watch;

    io_watch_begin(&watch, getpid(), name, tar_size(items));
    gboolean done = bundle_pack(bundle, path, key, error);
    io_watch_end(&watch);
    return done;
}

static int pack(const struct cli *cli, const char *folder, const key *key)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(bundle) bundle = bundle_open(folder, &error);
    g_autofree char *below = g_build_filename(folder, "build", NULL);

    if (bundle == NULL) {
        return cli_fail(error);
    }
    g_autofree char *name = g_strconcat(bundle->manifest->id, ".bapp", NULL);
    g_autofree char *path = g_build_filename(below, name, NULL);
    g_mkdir_with_parents(below, 0755);
    if (!pack_and_show(bundle, path, key, &error)) {
        return cli_fail(error);
    }
    if (cli->json) {
        print_result("id", bundle->manifest->id, "version", bundle->manifest->version, "file", path,
                     NULL);
    } else {
        output_printf("%s\n", path);
    }
    return EXIT_DONE;
}

int cli_build(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
              const struct parsed *parsed)
{
    const char *folder = print_text_of(parsed->own, "folder", ".");
    const char *sign = print_text_of(parsed->own, "sign", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(key) key = sign ? key_read(sign, &error) : NULL;
    g_autoptr(manifest) manifest = sign && !key ? NULL : manifest_read(folder, &error);

    if (manifest == NULL) {
        return cli_fail(error);
    }
    int code = compile(folder, manifest);
    return code == EXIT_DONE ? pack(cli, folder, key) : code;
}
