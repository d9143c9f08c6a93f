/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * An app in gdb. gdbserver runs in the app's sandbox and speaks by its standard input and output,
 * which adbd brings here: `booth debug --pipe` is the debugger's end of it. No port is open.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../app/manifest.h"
#include "debug_libraries.h"
#include "debugger.h"
#include "guest_tar.h"
#include "print.h"
#include "say.h"
#include "share.h"

/* The tool of this booth, as `booth install` brings it along. */
#define BRING_TOOL                                                                     \
    "new=$(mktemp -d /var/lib/phonebooth/.new.XXXXXX) && trap 'rm -rf \"$new\"' EXIT " \
    "&&\n" GUEST_UNPACK " -C $new && sh $new/tool/phonebooth-app place $new/tool\n"

#define NEED_APP                         \
    "app=/var/lib/phonebooth/apps/$id\n" \
    "[ -e $app/app.ini ] ||\n"           \
    "  { echo \"booth: $id is not installed; 'booth apps' lists what is\" >&2; exit 1; }\n"

/* ---- In the persona ---------------------------------------------------------------------------
 */

/* As phonebooth-app@.service runs it, but with our standard input and output. */
#define START                                                                  \
    "unit=phonebooth-app@$id.service\n"                                        \
    "systemctl stop $unit phonebooth-debug-$id.service 2> /dev/null\n"         \
    "exec systemd-run -q --collect --pipe --wait --unit=phonebooth-debug-$id " \
    "--service-type=exec --uid=1000 -p NoNewPrivileges=yes "                   \
    "-p \"IPAddressDeny=$(systemctl show -P IPAddressDeny $unit)\" "           \
    "-p EnvironmentFile=-/etc/default/locale -p TimeoutStopSec=3 "             \
    "/var/lib/phonebooth/phonebooth-app debug $id\n"

/* The app's own process is the one whose program is in its payload, or else the newest. */
#define ATTACH                                                                            \
    "unit=phonebooth-app@$id.service\n"                                                   \
    "group=/sys/fs/cgroup$(systemctl show -P ControlGroup $unit)\n"                       \
    "systemctl -q is-active $unit || { echo \"booth: $id does not run\" >&2; exit 1; }\n" \
    "for pid in $(cat $group/cgroup.procs); do\n"                                         \
    "  case $(readlink /proc/$pid/exe) in /app/*) process=$pid; break ;; esac\n"          \
    "  process=$pid\n"                                                                    \
    "done\n"                                                                              \
    "exec gdbserver --once --attach - $process\n"

/* The ID that the command line means: its own words, or that of the folder's app. */
static char *id_of(const struct debugging *what, manifest **manifest)
{
    g_autoptr(GError) error = NULL;

    *manifest = NULL;
    if (manifest_is_id(what->id)) {
        return g_strdup(what->id);
    }
    *manifest = manifest_read(what->id, &error);
    if (*manifest == NULL) {
        cli_fail(error);
        return NULL;
    }
    return g_strdup((*manifest)->id);
}

int debug_pipe(const struct debugging *what)
{
    g_autoptr(manifest) manifest = NULL;
    g_autofree char *id = id_of(what, &manifest);
    g_autoptr(guest) guest = NULL;

    if (id == NULL) {
        return EXIT_LOCAL;
    }
    g_autofree char *line =
        g_strdup_printf("id=%s\n" NEED_APP "%s", id, what->attach ? ATTACH : START);
    const struct adb_command run = {.line = line, .input = STDIN_FILENO, .output = guest_pass_on};
    int status;
    int code = guest_open(what->cli, what->vm, &guest);

    if (code == EXIT_DONE) {
        code = guest_run(guest, &run, &status);
    }
    return code == EXIT_DONE && status != 0 ? EXIT_REFUSED : code;
}

/* ---- On this computer -------------------------------------------------------------------------
 */

static int bring_tool(struct guest *guest)
{
    g_autofree char *tool = share_path("guest");
    const struct tar_item items[] = {{tool, (char *)"tool"}, {NULL, NULL}};

    if (tool == NULL) {
        return EXIT_LOCAL;
    }
    return guest_send(guest, NULL, "mkdir -p /var/lib/phonebooth\n" BRING_TOOL, items, NULL);
}

/* app.ini and payload/ of the installed app, into the folder. */
static int fetch(struct guest *guest, const char *id, const char *folder)
{
    static const struct tar_limits limits = {G_MAXINT64, G_MAXUINT, TRUE};
    g_autofree char *line =
        g_strdup_printf("id=%s\n" NEED_APP "exec tar -C $app -cf - app.ini payload", id);
    g_autoptr(GError) error = NULL;
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    int code = guest_fetch(guest, line, NULL, file);

    if (code == EXIT_DONE && !tar_unpack(file, folder, &limits, &error)) {
        code = cli_fail(error);
    }
    close(file);
    return code;
}

static gboolean is_program(const char *path)
{
    g_autofree char *head = NULL;
    char bytes[4] = "";
    FILE *file = fopen(path, "re");
    gboolean is = file != NULL && fread(bytes, sizeof(bytes), 1, file) == 1 &&
                  memcmp(bytes, "\177ELF", sizeof(bytes)) == 0;

    if (file != NULL) {
        fclose(file);
    }
    return is;
}

/* The command line of the pipe, for a shell. */
static char *pipe_line(const struct debugging *what, const char *vm, const char *id)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *booth = g_shell_quote(self);
    g_autofree char *path = cli_socket(what->cli);
    g_autofree char *control = g_shell_quote(path);

    return g_strdup_printf("%s --control %s debug --pipe%s --vm %s %s", booth, control,
                           what->attach ? " --attach" : "", vm, id);
}

/* What systemd-coredump has kept of the last crash. */
#define CORE                                                                                \
    "coredumpctl -q -1 info COREDUMP_UNIT=phonebooth-app@$id.service > /dev/null 2>&1 ||\n" \
    "  { echo \"booth: no crash of $id is known\" >&2; exit 1; }\n"                         \
    "coredumpctl -q dump COREDUMP_UNIT=phonebooth-app@$id.service 2> /dev/null ||\n"        \
    "  { echo \"booth: the core file of $id is gone, or cannot be read\" >&2; exit 1; }\n"

/* The core file as `core` in the folder. */
static int fetch_core(struct guest *guest, const char *id, const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "core", NULL);
    g_autofree char *line = g_strdup_printf("id=%s\n" CORE, id);
    int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

    if (file < 0) {
        say("%s: %s", path, g_strerror(errno));
        return EXIT_LOCAL;
    }
    int code = guest_fetch(guest, line, NULL, file);
    close(file);
    return code;
}

/* `folder`: app.ini, payload and libraries; to gdb it is what / is to the app. */
static int run_gdb(const struct debugging *what, const char *gdb, struct guest *guest,
                   const manifest *manifest, const char *folder)
{
    g_autofree char *entry = g_build_filename(folder, "payload", manifest->entry, NULL);
    g_autofree char *app = g_build_filename(folder, "app", NULL);
    g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *line = pipe_line(what, guest->vm, manifest->id);

    if (symlink("payload", app) != 0) {
        say("%s: %s", app, g_strerror(errno));
        return EXIT_LOCAL;
    }
    debugger_say(commands, "set confirm off");
    debugger_say(commands, "set remotetimeout 60"); /* an emulated CPU is slow */
    debugger_say(commands, "set sysroot %s", folder);
    debugger_say(commands, "set remote exec-file /app/%s", manifest->entry);
    if (what->core) {
        debugger_say(commands, "core-file %s/core", folder);
    } else if (!what->dap) {
        debugger_say(commands, "target extended-remote | %s", line);
    }
    return debugger_run(what, gdb, entry, commands);
}

/* Makes in the folder what gdb needs; *manifest is the installed app's. */
static int prepare(const struct debugging *what, struct guest *guest, const char *id,
                   const char *folder, manifest **manifest)
{
    g_autoptr(GError) error = NULL;
    int code = bring_tool(guest);

    if (code == EXIT_DONE) {
        code = fetch(guest, id, folder);
    }
    if (code != EXIT_DONE) {
        return code;
    }
    *manifest = manifest_read(folder, &error);
    if (*manifest == NULL) {
        return cli_fail(error);
    }
    g_autofree char *entry = g_build_filename(folder, "payload", (*manifest)->entry, NULL);
    if (!is_program(entry)) {
        say("%s: its program is no machine code, which is all that gdb debugs", id);
        return EXIT_REFUSED;
    }
    code = debug_libraries(guest, id, (*manifest)->entry, folder);
    return code == EXIT_DONE && what->core ? fetch_core(guest, id, folder) : code;
}

static int debug_in(const struct debugging *what, const char *gdb, const char *id,
                    const char *folder)
{
    g_autoptr(guest) guest = NULL;
    g_autoptr(manifest) manifest = NULL;
    int code = guest_open_settled(what->cli, what->vm, &guest);

    if (code == EXIT_DONE) {
        code = prepare(what, guest, id, folder, &manifest);
    }
    return code == EXIT_DONE ? run_gdb(what, gdb, guest, manifest, folder) : code;
}

int debug_app(const struct debugging *what)
{
    g_autoptr(manifest) manifest = NULL;
    g_autofree char *gdb = debugger_find(what->dap);
    g_autofree char *id = gdb ? id_of(what, &manifest) : NULL;
    g_autoptr(GError) error = NULL;

    if (id == NULL) {
        return EXIT_LOCAL;
    }
    g_autofree char *folder = g_dir_make_tmp("booth-debug-XXXXXX", &error);
    if (folder == NULL) {
        return cli_fail(error);
    }
    int code = debug_in(what, gdb, id, folder);
    tar_remove(folder);
    return code;
}
