/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth debug: an app, a persona's kernel, or the hypervisor, in gdb. */
#include "debugger.h"
#include "print.h"

static gboolean says(const struct parsed *parsed, const char *option)
{
    return json_object_has_member(parsed->own, option);
}

/* The words of the command line; NULL ends them, free with g_strfreev(). */
static char **words_of(const struct parsed *parsed)
{
    JsonArray *words =
        says(parsed, "words") ? json_object_get_array_member(parsed->own, "words") : NULL;
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();

    for (guint i = 0; words != NULL && i < json_array_get_length(words); i++) {
        g_strv_builder_add(list, json_array_get_string_element(words, i));
    }
    return g_strv_builder_end(list);
}

int cli_debug(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    g_auto(GStrv) words = words_of(parsed);
    gboolean named = words[0] != NULL && words[0][0] != '-' && !says(parsed, "el2");
    const struct debugging what = {
        .cli = cli,
        .vm = print_text_of(parsed->own, "vm", NULL),
        .id = named ? words[0] : NULL,
        .attach = says(parsed, "attach"),
        .core = says(parsed, "core"),
        .el2 = says(parsed, "el2"),
        .dap = says(parsed, "dap"),
        .words = named ? words + 1 : words,
    };

    if (what.id == NULL && (what.vm == NULL) != what.el2) {
        return cli_usage(command->name, "it takes an app's ID or folder, --vm NAME, or --el2");
    }
    if (what.id == NULL && (what.attach || what.core || what.dap || says(parsed, "pipe"))) {
        return cli_usage(command->name, "--attach, --core, --dap and --pipe are for apps");
    }
    if (cli->json && (what.dap || says(parsed, "pipe"))) {
        return cli_usage(command->name, "--dap and --pipe have an output of their own: no --json");
    }
    if (says(parsed, "pipe")) {
        return debug_pipe(&what);
    }
    return what.id ? debug_app(&what) : debug_machine(&what);
}
