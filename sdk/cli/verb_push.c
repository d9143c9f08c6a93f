/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth push, booth pull */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "command.h"
#include "guest_tar.h"
#include "print.h"
#include "say.h"

/* The words of the command line; free with g_free(), they themselves stay. */
static const char **words_of(const struct parsed *parsed, guint *count)
{
    JsonArray *words = json_object_has_member(parsed->own, "files")
                           ? json_object_get_array_member(parsed->own, "files")
                           : NULL;
    *count = words ? json_array_get_length(words) : 0;
    const char **list = g_new0(const char *, *count + 1);

    for (guint i = 0; i < *count; i++) {
        list[i] = json_array_get_string_element(words, i);
    }
    return list;
}

/* ---- To the persona ---------------------------------------------------------------------------
 */

/* Into $to if that is a folder; else it is the new name of the only thing that comes. */
#define RECEIVE                                                              \
    "if [ -d \"$to\" ]; then exec " GUEST_UNPACK " -C \"$to\"; fi\n"         \
    "[ \"$count\" = 1 ] || { echo \"$to: no such folder\" >&2; exit 1; }\n"  \
    "new=$(mktemp -d -p \"$(dirname -- \"$to\")\" .push.XXXXXX) || exit 1\n" \
    "trap 'rm -rf \"$new\"' EXIT\n" GUEST_UNPACK                             \
    " -C \"$new\" && mv -T -- \"$new/$name\" \"$to\"\n"

static void clear_item(gpointer data)
{
    struct tar_item *item = data;

    g_free(item->path);
    g_free(item->name);
}

static int push(const struct cli *cli, const char *vm, const char **words, guint count)
{
    g_autoptr(guest) guest = NULL;
    g_autoptr(GArray) items = g_array_new(TRUE, TRUE, sizeof(struct tar_item));

    g_array_set_clear_func(items, clear_item);
    for (guint i = 0; i + 1 < count; i++) {
        struct tar_item item = {g_canonicalize_filename(words[i], NULL), NULL};
        item.name = g_path_get_basename(item.path);
        g_array_append_val(items, item);
        if (g_access(item.path, R_OK) != 0) {
            say("%s: %s", words[i], g_strerror(errno));
            return EXIT_LOCAL;
        }
    }
    g_autofree char *to = g_shell_quote(words[count - 1]);
    g_autofree char *name = g_shell_quote(g_array_index(items, struct tar_item, 0).name);
    g_autofree char *line =
        g_strdup_printf("to=%s name=%s count=%u\n" RECEIVE, to, name, count - 1);
    int code = guest_open_settled(cli, vm, &guest);

    if (code == EXIT_DONE) {
        code = guest_send(guest, NULL, line, (const struct tar_item *)items->data, NULL);
    }
    if (code == EXIT_DONE && cli->json) {
        print_result("vm", guest->vm, "to", words[count - 1], NULL);
    }
    return code;
}

int cli_push(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    guint count;
    g_autofree const char **words = words_of(parsed, &count);

    return count < 2 ? cli_usage(command->name,
                                 "it takes files or folders of this computer, then a place")
                     : push(cli, print_text_of(parsed->own, "vm", NULL), words, count);
}

/* ---- From the persona -------------------------------------------------------------------------
 */

static int print_remote(struct guest *guest, const char *remote)
{
    g_autofree char *quoted = g_shell_quote(remote);
    g_autofree char *line = g_strdup_printf("exec cat -- %s", quoted);

    return guest_ask(guest, line, NULL);
}

static int fail_here(const char *path)
{
    say("%s: %s", path, g_strerror(errno));
    return EXIT_LOCAL;
}

/* Unpacks what has come into a folder beside `to` and gives it its name, whole or not at all. */
static int settle(int file, const char *name, const char *to)
{
    static const struct tar_limits limits = {G_MAXINT64, G_MAXUINT, FALSE};
    g_autoptr(GError) error = NULL;
    g_autofree char *above = g_path_get_dirname(to);
    g_autofree char *folder = g_build_filename(above, ".pull.XXXXXX", NULL);
    int code = EXIT_DONE;

    if (g_mkdtemp_full(folder, 0700) == NULL) {
        return fail_here(above);
    }
    g_autofree char *come = g_build_filename(folder, name, NULL);
    if (!tar_unpack(file, folder, &limits, &error)) {
        code = cli_fail(error);
    } else if (g_rename(come, to) != 0) {
        code = fail_here(to);
    }
    tar_remove(folder);
    return code;
}

/* About how many bytes the archive has. */
#define SIZE            \
    "from=%s what=%s\n" \
    "size=$(du -sb -- \"$from/$what\" 2> /dev/null) && echo \"${size%%%%[!0-9]*}\" || echo 0\n"

static int pull_one(struct guest *guest, const char *remote, const char *local)
{
    g_autofree char *folder = g_path_get_dirname(remote);
    g_autofree char *name = g_path_get_basename(remote);
    g_autofree char *to = g_file_test(local, G_FILE_TEST_IS_DIR)
                              ? g_build_filename(local, name, NULL)
                              : g_canonicalize_filename(local, NULL);
    g_autofree char *above = g_path_get_dirname(to);
    g_autofree char *from = g_shell_quote(folder), *what = g_shell_quote(name);
    g_autofree char *line =
        g_strdup_printf(SIZE "exec tar -C \"$from\" -cf - -- \"$what\"", from, what);
    int file = open(above, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (file < 0) {
        return fail_here(above);
    }
    int code = guest_fetch(guest, line, name, file);
    if (code == EXIT_DONE) {
        code = settle(file, name, to);
    }
    close(file);
    return code;
}

int cli_pull(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    g_autoptr(guest) guest = NULL;
    guint count;
    g_autofree const char **words = words_of(parsed, &count);

    if (count == 0) {
        return cli_usage(command->name, "it takes files or folders of the persona, then a place");
    }
    const char *local = count > 1 ? words[count - 1] : ".";
    guint last = count > 1 ? count - 1 : 1;
    if (last > 1 && strcmp(local, "-") != 0 && !g_file_test(local, G_FILE_TEST_IS_DIR)) {
        return cli_usage(command->name, "%s is no folder", local);
    }
    int code = guest_open_settled(cli, print_text_of(parsed->own, "vm", NULL), &guest);
    for (guint i = 0; code == EXIT_DONE && i < last; i++) {
        code = strcmp(local, "-") == 0 ? print_remote(guest, words[i])
                                       : pull_one(guest, words[i], local);
    }
    if (code == EXIT_DONE && cli->json && strcmp(local, "-") != 0) {
        print_result("vm", guest->vm, "to", local, NULL);
    }
    return code;
}
