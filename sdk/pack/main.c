/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The command line of `pack`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/stdio_guard.h"
#include "build.h"
#include "error.h"
#include "table.h"

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

    g_free(options.board);
    g_free(options.boards);
    g_free(options.handset);
    g_strfreev(options.images);
    g_free(options.hypervisor);
    g_free(options.switchboard);
    g_free(options.measure);
    g_free(options.out);
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

static const struct verb {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} verbs[] = {
    {"build", run_build, "compile board, handset description and profiles; --help: options"},
    {"dump", run_dump, "print a configuration table"},
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
        fprintf(stderr, "  %-6s %s\n", verbs[i].name, verbs[i].help);
    }
    return EXIT_FAILURE;
}
