/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The command line of `pack`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/stdio_guard.h"
#include "build.h"
#include "error.h"
#include "options.h"
#include "table.h"
#include "upgrade.h"

static int report(GError *error)
{
    fprintf(stderr, "pack: %s\n", error->message);
    g_error_free(error);
    return EXIT_FAILURE;
}

/* The folder `boards` beside that of this program: build/boards. */
static char *find_boards(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");

    return g_build_filename(folder, "..", "boards", NULL);
}

static gboolean parse(struct pack_options *options, int argc, char **argv, GError **error)
{
    const GOptionEntry entries[] = {
        {"boards", 0, 0, G_OPTION_ARG_FILENAME, &options->boards, "where boards are", "DIR"},
        {"board", 0, 0, G_OPTION_ARG_FILENAME, &options->board,
         "device tree of a board of another kind", "DTB"},
        {"handset", 0, 0, G_OPTION_ARG_FILENAME, &options->handset, "handset description", "INI"},
        {"images", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->images, "where guest images are",
         "DIR"},
        {"hypervisor", 0, 0, G_OPTION_ARG_FILENAME, &options->hypervisor, "copied", "ELF"},
        {"switchboard", 0, 0, G_OPTION_ARG_FILENAME, &options->switchboard, "its binary", "BIN"},
        {"measure", 0, 0, G_OPTION_ARG_FILENAME, &options->measure, "what protected VMs start with",
         "BIN"},
        {"out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "folder to write to", "DIR"},
        {0},
    };
    g_autoptr(GOptionContext) context = g_option_context_new("- compile a handset's configuration");

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, error)) {
        return FALSE;
    }
    if (!options->handset || !options->out || argc > 1) {
        return pack_fail(error, "build: give --handset and --out, nothing else is needed");
    }
    if (!options->boards) {
        options->boards = find_boards();
    }
    return TRUE;
}

static int run_build(int argc, char **argv)
{
    struct pack_options options = {0};
    GError *error = NULL;
    gboolean done = parse(&options, argc, argv, &error) && pack_build(&options, &error);

    pack_options_finish(&options);
    return done ? EXIT_SUCCESS : report(error);
}

static int run_dump(int argc, char **argv)
{
    g_autofree char *data = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    const struct pb_table *table;
    GError *error = NULL;
    gsize size;

    if (argc != 2) {
        pack_fail(&error, "dump: give one file, as in `pack dump table.bin`");
        return report(error);
    }
    if (!g_file_get_contents(argv[1], &data, &size, &error)) {
        return report(error);
    }
    table = pack_table_check(data, size, argv[1], &error);
    if (!table) {
        return report(error);
    }
    pack_table_dump(table, text);
    fputs(text->str, stdout);
    return EXIT_SUCCESS;
}

static gboolean upgrade_plan(const struct pack_upgrade *upgrade, GError **error)
{
    (void)error;
    printf("%s %s\n", upgrade->from ? upgrade->from : "none", upgrade->to);
    return TRUE;
}

static gboolean upgrade_commit(const struct pack_upgrade *upgrade, GError **error)
{
    g_autofree char *notes = NULL;

    if (!pack_upgrade_commit(upgrade, &notes, error)) {
        return FALSE;
    }
    fputs(notes, stdout);
    return TRUE;
}

/* What `booth persona` calls. */
static int run_upgrade(int argc, char **argv)
{
    static const struct {
        const char *name;
        gboolean (*run)(const struct pack_upgrade *upgrade, GError **error);
    } steps[] = {
        {"plan", upgrade_plan},
        {"prepare", pack_upgrade_prepare},
        {"commit", upgrade_commit},
        {"rollback", pack_upgrade_rollback},
    };
    struct pack_upgrade upgrade;
    GError *error = NULL;
    gboolean done = FALSE;
    gsize i;

    for (i = 0; argc == 4 && i < G_N_ELEMENTS(steps) && strcmp(argv[1], steps[i].name); i++) {
    }
    if (argc != 4 || i == G_N_ELEMENTS(steps)) {
        pack_fail(&error, "upgrade: give plan, prepare, commit or rollback, a handset's folder and "
                          "a persona");
        return report(error);
    }
    done = pack_upgrade_read(&upgrade, argv[2], argv[3], &error) && steps[i].run(&upgrade, &error);
    pack_upgrade_finish(&upgrade);
    return done ? EXIT_SUCCESS : report(error);
}

static const struct verb {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} verbs[] = {
    {"build", run_build, "compile board, handset description and profiles; --help: options"},
    {"dump", run_dump, "print a configuration table"},
    {"upgrade", run_upgrade, "the steps of `booth persona upgrade`"},
};

int main(int argc, char **argv)
{
    stdio_guard_at_exit("pack");
    for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS(verbs); i++) {
        if (!strcmp(argv[1], verbs[i].name)) {
            return verbs[i].run(argc - 1, argv + 1);
        }
    }
    fprintf(stderr, "usage: pack VERB ...\n");
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
        fprintf(stderr, "  %-7s %s\n", verbs[i].name, verbs[i].help);
    }
    return EXIT_FAILURE;
}
