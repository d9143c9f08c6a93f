/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth new: an app from a template. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../app/manifest.h"
#include "../app/tar.h"
#include "command.h"
#include "output.h"
#include "print.h"
#include "say.h"
#include "share.h"

/* What stands for the app's own words in a template. */
struct words {
    const char *id, *program, *title;
};

static gboolean copy_file(const char *from, const char *to, mode_t mode, const struct words *words,
                          GError **error)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents(from, &text, NULL, error)) {
        return FALSE;
    }
    g_autoptr(GString) filled = g_string_new(text);
    g_string_replace(filled, "@ID@", words->id, 0);
    g_string_replace(filled, "@PROGRAM@", words->program, 0);
    g_string_replace(filled, "@TITLE@", words->title, 0);
    return g_file_set_contents_full(to, filled->str, (gssize)filled->len,
                                    G_FILE_SET_CONTENTS_CONSISTENT, mode & 0111 ? 0755 : 0644,
                                    error);
}

static gboolean copy_tree(const char *from, const char *to, const struct words *words,
                          GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(from, 0, error);
    gboolean done = folder != NULL && g_mkdir_with_parents(to, 0755) == 0;
    const char *name;

    while (done && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *inside = g_build_filename(from, name, NULL);
        g_autofree char *copy = g_build_filename(to, name, NULL);
        struct stat about;

        g_stat(inside, &about);
        done = S_ISDIR(about.st_mode) ? copy_tree(inside, copy, words, error)
                                      : copy_file(inside, copy, about.st_mode, words, error);
    }
    if (!done && error != NULL && *error == NULL) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", to, g_strerror(errno));
    }
    return done;
}

/* A folder of that name, whole or not at all. */
static int make(const struct cli *cli, const char *template, const char *folder,
                const struct words *words)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *new = g_strconcat(folder, ".new", NULL);

    if (g_file_test(folder, G_FILE_TEST_EXISTS)) {
        say("%s is there already; give another name", folder);
        return EXIT_LOCAL;
    }
    gboolean done = copy_tree(template, new, words, &error);
    if (done && g_rename(new, folder) != 0) {
        say("%s: %s", folder, g_strerror(errno));
        done = FALSE;
    }
    if (!done) {
        tar_remove(new);
        return error ? cli_fail(error) : EXIT_LOCAL;
    }
    if (cli->json) {
        print_result("id", words->id, "folder", folder, NULL);
    } else {
        output_printf("%s is made: change it, then 'booth build %s && booth install %s'\n",
                      words->id, folder, folder);
    }
    return EXIT_DONE;
}

static gboolean is_program(const char *name)
{
    return g_ascii_islower(name[0]) && strlen(name) <= 30 &&
           name[strspn(name, G_CSET_a_2_z G_CSET_DIGITS "-")] == '\0';
}

int cli_new(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *folder = print_text_of(parsed->own, "folder", "");
    g_autofree char *program = g_path_get_basename(folder);
    g_autofree char *title = g_strdup(program);
    g_autofree char *template =
        g_build_filename("templates", print_text_of(parsed->own, "template", "c-gtk"), NULL);

    if (!is_program(program)) {
        return cli_usage(command->name,
                         "the name has to be of small letters, digits and '-', at most 30: '%s'",
                         program);
    }
    g_autofree char *source = share_path(template);
    if (source == NULL) {
        return EXIT_LOCAL;
    }
    title[0] = g_ascii_toupper(title[0]);
    g_autofree char *plain = g_strdelimit(g_strdup(title), "-", '_');
    g_autofree char *own_id = g_strconcat("org.example.", plain, NULL);
    const char *id = print_text_of(parsed->own, "id", own_id);
    if (!manifest_is_id(id)) {
        return cli_usage(command->name, "--id: '%s' is no name like org.example.Notes", id);
    }
    return make(cli, source, folder, &(const struct words){id, program, title});
}
