/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The kernel of a persona, or the hypervisor, in gdb: QEMU's gdb server shows the whole machine,
 * each CPU at whatever it does. machine.gdb makes it one VM's view.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../app/tar.h"
#include "debugger.h"
#include "print.h"
#include "say.h"
#include "share.h"

/* The handset has EL2 as it runs; free with g_free(). NULL after a line on stderr. */
static char *hypervisor_symbols(booth_client *client)
{
    g_autoptr(JsonObject) request = cli_request("status");
    g_autoptr(JsonObject) reply = booth_client_call(client, request, NULL);
    const char *handset = reply ? print_text_of(reply, "handset", "") : "";
    char *path = g_build_filename(handset, "hypervisor.elf", NULL);

    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        say("gdb goes without the hypervisor's symbols: no file %s", path);
        g_clear_pointer(&path, g_free);
    }
    return path;
}

/* ---- The machine ------------------------------------------------------------------------------
 */

static gboolean is_still(const char *state)
{
    static const char *const still[] = {"off", "paused", "suspended", "stopped", "failed", NULL};

    return g_strv_contains(still, state);
}

/* Number of the VM, if it runs; else the exit code is returned after a line on stderr. */
static int number_of(booth_client *client, const char *vm, int *number)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) request = cli_request("status");
    g_autoptr(JsonObject) reply = booth_client_call(client, request, &error);
    JsonArray *vms = reply ? json_object_get_array_member(reply, "vms") : NULL;

    if (reply == NULL) {
        return cli_fail(error);
    }
    for (guint i = 0; vms != NULL && i < json_array_get_length(vms); i++) {
        JsonObject *one = json_array_get_object_element(vms, i);
        const char *state = print_text_of(one, "state", "");

        if (strcmp(print_text_of(one, "name", ""), vm) != 0) {
            continue;
        }
        if (is_still(state)) {
            say("the kernel of %s does not run: it is %s", vm, state);
            return EXIT_REFUSED;
        }
        *number = (int)json_object_get_int_member_with_default(one, "id", -1);
        return EXIT_DONE;
    }
    say("no VM '%s'; see 'booth status'", vm);
    return EXIT_USAGE;
}

/* The gdb server's socket, or NULL; starts or ends it. */
static char *serve(booth_client *client, const char *action, GError **error)
{
    g_autoptr(JsonObject) request = cli_request("gdb");

    json_object_set_string_member(request, "action", action);
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);
    return reply ? g_strdup(print_text_of(reply, "socket", "")) : NULL;
}

/* `folder`: for what machine.gdb makes. */
static int run_gdb(const struct debugging *what, booth_client *client, const char *gdb, int vm,
                   const char *socket, const char *folder)
{
    g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *script = share_path("machine.gdb");
    g_autofree char *share = script ? g_path_get_dirname(script) : NULL;
    g_autofree char *hypervisor = hypervisor_symbols(client);

    if (script == NULL) {
        return EXIT_LOCAL;
    }
    g_setenv("BOOTH_SHARE", share, TRUE);
    g_setenv("BOOTH_DEBUG", folder, TRUE);
    debugger_say(commands, "set confirm off");
    debugger_say(commands, "set architecture aarch64");
    debugger_say(commands, "set remotetimeout 60");
    debugger_say(commands, "target remote %s", socket);
    debugger_say(commands, "source %s", script);
    debugger_say(commands, what->el2 ? "el2" : "vm %d", vm);
    return debugger_run(what, gdb, hypervisor, commands);
}

static int debug_with(const struct debugging *what, booth_client *client, const char *gdb,
                      const char *folder)
{
    g_autoptr(GError) error = NULL;
    int vm = 0;
    int code = what->el2 ? EXIT_DONE : number_of(client, what->vm, &vm);

    if (code != EXIT_DONE) {
        return code;
    }
    g_autofree char *socket = serve(client, "start", &error);
    if (socket == NULL) {
        return cli_fail(error);
    }
    code = run_gdb(what, client, gdb, vm, socket, folder);
    g_autofree char *closed = serve(client, "stop", NULL);
    return code;
}

int debug_machine(const struct debugging *what)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(what->cli);
    g_autofree char *gdb = debugger_find(FALSE);
    g_autoptr(booth_client) client = gdb ? booth_client_new(path, &error) : NULL;
    g_autofree char *folder = client ? g_dir_make_tmp("booth-debug-XXXXXX", &error) : NULL;

    if (gdb == NULL) {
        return EXIT_LOCAL;
    }
    if (folder == NULL) {
        return cli_fail(error);
    }
    int code = debug_with(what, client, gdb, folder);
    tar_remove(folder);
    return code;
}
