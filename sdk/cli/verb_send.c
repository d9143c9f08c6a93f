/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth send: files for a persona's user, as when they are dropped on the phone's window. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "command.h"
#include "guest_tar.h"
#include "output.h"
#include "print.h"
#include "say.h"

/* What comes belongs to the user; a file of that name that is there already stays as it is. */
#define RECEIVE                                                                                \
    "place=/home/phone/Downloads\n"                                                            \
    "setpriv --reuid=1000 --regid=1000 --clear-groups mkdir -p $place || exit 1\n"             \
    "new=$(mktemp -d -p /home/phone .send.XXXXXX) || exit 1\n"                                 \
    "trap 'rm -rf $new' EXIT\n" GUEST_UNPACK " -C $new && chown -R 1000:1000 $new || exit 1\n" \
    "stem=${name%%.*} end= number=1 to=$name\n"                                                \
    "[ \"$stem\" = \"$name\" ] || end=.${name##*.}\n"                                          \
    "[ -n \"$stem\" ] || stem=$name end=\n"                                                    \
    "while [ -e \"$place/$to\" ] || [ -L \"$place/$to\" ]; do\n"                               \
    "  number=$((number + 1)) to=$stem-$number$end\n"                                          \
    "done\n"                                                                                   \
    "mv -nT -- \"$new/$name\" \"$place/$to\" && echo \"$place/$to\"\n"

static gboolean is_installed(const char *path)
{
    g_autofree char *description = g_build_filename(path, "app.ini", NULL);

    return g_str_has_suffix(path, ".bapp") || g_str_has_suffix(path, ".deb") ||
           g_file_test(description, G_FILE_TEST_EXISTS);
}

static int install(const struct cli *cli, const struct command *command, const char *vm,
                   const char *path)
{
    g_autoptr(JsonObject) own = json_object_new();
    const struct parsed parsed = {.own = own};

    json_object_set_string_member(own, "what", path);
    if (vm != NULL) {
        json_object_set_string_member(own, "vm", vm);
    }
    return cli_install(cli, command, &parsed);
}

static void say_sent(const struct guest *guest, const char *name, const char *place)
{
    if (guest->json) {
        print_result("vm", guest->vm, "file", name, "place", place, NULL);
    } else {
        output_printf("%s is %s on %s\n", name, place, guest->vm);
    }
}

static int give(const struct cli *cli, const char *vm, const char *path)
{
    g_autoptr(guest) guest = NULL;
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    g_autofree char *name = g_path_get_basename(whole);
    g_autofree char *quoted = g_shell_quote(name);
    g_autofree char *line = g_strdup_printf("name=%s\n" RECEIVE, quoted);
    g_autofree char *place = NULL;
    const struct tar_item items[] = {{whole, name}, {NULL, NULL}};

    if (g_access(whole, R_OK) != 0) {
        say("%s: %s", path, g_strerror(errno));
        return EXIT_LOCAL;
    }
    int code = guest_open_settled(cli, vm, &guest);
    if (code == EXIT_DONE) {
        code = guest_send(guest, NULL, line, items, &place);
    }
    if (code == EXIT_DONE) {
        say_sent(guest, name, g_strchomp(place));
    }
    return code;
}

int cli_send(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *vm = print_text_of(parsed->own, "vm", NULL);
    JsonArray *files = json_object_has_member(parsed->own, "files")
                           ? json_object_get_array_member(parsed->own, "files")
                           : NULL;
    int code = EXIT_DONE;

    if (files == NULL) {
        return cli_usage(command->name, "it takes files or folders of this computer");
    }
    if (cli->json) {
        print_gather();
    }
    for (guint i = 0; code == EXIT_DONE && i < json_array_get_length(files); i++) {
        const char *path = json_array_get_string_element(files, i);
        code = is_installed(path) ? install(cli, command, vm, path) : give(cli, vm, path);
    }
    if (cli->json && code == EXIT_DONE) {
        print_gathered("sent");
    }
    return code;
}
