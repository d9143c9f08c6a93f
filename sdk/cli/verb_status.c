/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth status, wait, stats */
#include "cli.h"

#include <stdio.h>

static const char *text_of(JsonObject *object, const char *member, const char *otherwise)
{
    JsonNode *node = json_object_get_member(object, member);

    return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
                   json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : otherwise;
}

static void print_vm(JsonObject *vm)
{
    const char *reason = text_of(vm, "reason", NULL);

    printf("%2d %c %-12s %-9s %-8s %3d %%  share=%-5s %s%s%s%s\n",
           (int)json_object_get_int_member_with_default(vm, "id", -1),
           json_object_get_boolean_member_with_default(vm, "front", FALSE) ? '*' : ' ',
           text_of(vm, "name", "?"), text_of(vm, "kind", "?"), text_of(vm, "state", "?"),
           (int)json_object_get_int_member_with_default(vm, "progress", 0),
           text_of(vm, "share", "-"), text_of(vm, "stage", ""), reason ? " (" : "",
           reason ? reason : "", reason ? ")" : "");
}

static void print_vms(JsonObject *reply)
{
    JsonArray *vms =
        json_object_has_member(reply, "vms") ? json_object_get_array_member(reply, "vms") : NULL;

    for (guint i = 0; vms != NULL && i < json_array_get_length(vms); i++) {
        print_vm(json_array_get_object_element(vms, i));
    }
}

int cli_status(const struct cli *cli, int argc, char **argv)
{
    g_autoptr(JsonObject) reply = NULL;

    if (argc > 1) {
        return cli_usage(argv[0], "too many arguments: '%s'", argv[1]);
    }
    int code = cli_call(cli, cli_request("status"), &reply);
    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        cli_print_json(reply);
        return EXIT_DONE;
    }
    printf("%s: %s, %s; view %s, display %s, up %.0f s\n", text_of(reply, "name", "phone"),
           text_of(reply, "machine", "?"), text_of(reply, "headline", ""),
           text_of(reply, "view", "single"),
           json_object_get_boolean_member_with_default(reply, "display", FALSE) ? "on" : "off",
           json_object_get_double_member_with_default(reply, "uptime_s", 0));
    print_vms(reply);
    return EXIT_DONE;
}

int cli_wait(const struct cli *cli, int argc, char **argv)
{
    int timeout = 600;
    const GOptionEntry entries[] = {
        {"timeout", 't', 0, G_OPTION_ARG_INT, &timeout, NULL, NULL},
        {0},
    };
    g_autoptr(JsonObject) reply = NULL;

    if (!cli_options(&argc, &argv, entries)) {
        return EXIT_USAGE;
    }
    JsonObject *request = cli_request("wait-ready");
    json_object_set_int_member(request, "timeout", timeout);
    if (argc > 1) {
        JsonArray *vms = json_array_new();
        for (int i = 1; i < argc; i++) {
            json_array_add_string_element(vms, argv[i]);
        }
        json_object_set_array_member(request, "vms", vms);
    }
    int code = cli_call(cli, request, &reply);
    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        cli_print_json(reply);
    } else {
        printf("ready after %.1f s\n",
               json_object_get_double_member_with_default(reply, "seconds", 0));
    }
    return EXIT_DONE;
}

/* Prints members, one a line, those of objects as PREFIX.NAME. */
static void print_members(JsonObject *object, const char *prefix)
{
    g_autoptr(GList) names = json_object_get_members(object);

    for (GList *l = names; l != NULL; l = l->next) {
        JsonNode *node = json_object_get_member(object, l->data);
        g_autofree char *name = g_strconcat(prefix, l->data, NULL);
        if (JSON_NODE_HOLDS_OBJECT(node)) {
            g_autofree char *below = g_strconcat(name, ".", NULL);
            print_members(json_node_get_object(node), below);
        } else {
            g_autofree char *value = json_to_string(node, FALSE);
            printf("%-32s %s\n", name, value);
        }
    }
}

int cli_stats(const struct cli *cli, int argc, char **argv)
{
    gboolean reset = FALSE;
    const GOptionEntry entries[] = {
        {"reset", 0, 0, G_OPTION_ARG_NONE, &reset, NULL, NULL},
        {0},
    };
    g_autoptr(JsonObject) reply = NULL;

    if (!cli_options(&argc, &argv, entries)) {
        return EXIT_USAGE;
    }
    JsonObject *request = cli_request("stats");
    json_object_set_boolean_member(request, "reset", reset);
    int code = cli_call(cli, request, &reply);
    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        cli_print_json(reply);
    } else {
        json_object_remove_member(reply, "id");
        json_object_remove_member(reply, "ok");
        print_members(reply, "");
    }
    return EXIT_DONE;
}
