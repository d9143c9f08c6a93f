/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The kernel of a persona, or the hypervisor, in gdb: QEMU's gdb server shows the whole machine,
 * each CPU at whatever it does. machine.gdb makes it one VM's view.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../app/share_find.h"
#include "../app/tar.h"
#include "debugger.h"
#include "guest.h"
#include "kallsyms.h"
#include "print.h"
#include "say.h"

enum { PATIENCE_SECONDS = 600 /* the kernel unpacks each name, on an emulated CPU */ };

/* ---- Symbols ----------------------------------------------------------------------------------
 */

static gboolean collect(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                        GError **error)
{
    GString *text = data;

    if (stream == ADB_ERR || text->len + length > 64 << 20) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED, "it says too much");
        return stream == ADB_ERR;
    }
    g_string_append_len(text, bytes, (gssize)length);
    return TRUE;
}

/* A file with the symbols of the persona's kernel; free with g_free(). NULL after a line on stderr,
 * and gdb goes without. */
static char *kernel_symbols(const struct debugging *what, const char *folder)
{
    g_autoptr(guest) guest = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    const struct adb_command run = {.line = "cat /proc/kallsyms",
                                    .input = -1,
                                    .silence = PATIENCE_SECONDS,
                                    .output = collect,
                                    .data = text};
    char *path = g_build_filename(folder, "kernel", NULL);
    int status;

    say("reading the kernel's symbols");
    if (guest_open_settled(what->cli, what->vm, &guest) == EXIT_DONE &&
        guest_run(guest, &run, &status) == EXIT_DONE) {
        g_autoptr(GByteArray) elf = kallsyms_elf(text->str);
        if (elf != NULL && g_file_set_contents(path, (char *)elf->data, elf->len, NULL)) {
            return path;
        }
    }
    say("gdb goes without the kernel's symbols");
    g_free(path);
    return NULL;
}

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

/* Number of the VM; -1 after a line on stderr. */
static int number_of(booth_client *client, const char *vm)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) request = cli_request("status");
    g_autoptr(JsonObject) reply = booth_client_call(client, request, &error);
    JsonArray *vms = reply ? json_object_get_array_member(reply, "vms") : NULL;

    for (guint i = 0; vms != NULL && i < json_array_get_length(vms); i++) {
        JsonObject *one = json_array_get_object_element(vms, i);
        if (strcmp(print_text_of(one, "name", ""), vm) == 0) {
            return (int)json_object_get_int_member_with_default(one, "id", -1);
        }
    }
    if (reply == NULL) {
        cli_fail(error);
    } else {
        say("no VM '%s'; see 'booth status'", vm);
    }
    return -1;
}

/* The gdb server's socket, or NULL; starts or ends it. */
static char *serve(booth_client *client, const char *action, GError **error)
{
    g_autoptr(JsonObject) request = cli_request("gdb");

    json_object_set_string_member(request, "action", action);
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);
    return reply ? g_strdup(print_text_of(reply, "socket", "")) : NULL;
}

static int run_gdb(const struct debugging *what, const char *gdb, int vm, const char *symbols,
                   const char *socket)
{
    g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *script = share_find("machine.gdb");

    debugger_say(commands, "set confirm off");
    debugger_say(commands, "set architecture aarch64");
    debugger_say(commands, "set remotetimeout 60");
    debugger_say(commands, "target remote %s", socket);
    if (script != NULL) {
        debugger_say(commands, "source %s", script);
    }
    debugger_say(commands, what->el2 ? "el2" : "vm %d", vm);
    return debugger_run(what, gdb, symbols, commands);
}

static int debug_with(const struct debugging *what, booth_client *client, const char *gdb,
                      const char *folder)
{
    g_autoptr(GError) error = NULL;
    int vm = what->el2 ? 0 : number_of(client, what->vm);
    g_autofree char *symbols = NULL;

    if (vm < 0) {
        return EXIT_USAGE;
    }
    symbols = what->el2 ? hypervisor_symbols(client) : kernel_symbols(what, folder);
    g_autofree char *socket = serve(client, "start", &error);
    if (socket == NULL) {
        return cli_fail(error);
    }
    int code = run_gdb(what, gdb, vm, symbols, socket);
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
