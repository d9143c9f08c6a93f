/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth call */
#include "command.h"
#include "print.h"

int cli_raw(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *text = print_text_of(parsed->own, "request", "");
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) node = json_from_string(text, &error);
    g_autoptr(JsonObject) reply = NULL;

    if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node)) {
        return cli_usage(command->name, "'%s' is no JSON object", text);
    }
    int code = cli_call(cli, json_node_get_object(node), &reply);
    if (code == EXIT_DONE) {
        print_json(reply);
    }
    return code;
}
