/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/offline.h"

#include <gio/gio.h>
#include <string.h>

#include "snapshot/answer.h"
#include "snapshot/bundle.h"
#include "snapshot/failure.h"
#include "snapshot/open.h"

struct asked {
    struct snapshots *snapshots;
    const char *dir; /* of the handset */
    const char *action, *name, *file;
};

/* Takes `body` over. */
static char *reply(JsonObject *body, bool ok)
{
    g_autoptr(JsonNode) node = json_node_init_object(json_node_alloc(), body);

    json_object_set_boolean_member(body, "ok", ok);
    json_object_unref(body);
    return json_to_string(node, FALSE);
}

static char *refuse(const char *code, const char *why)
{
    JsonObject *body = json_object_new();

    json_object_set_string_member(body, "error", code);
    json_object_set_string_member(body, "message", why);
    return reply(body, false);
}

static char *describe_one(const struct asked *asked)
{
    char *names[] = {(char *)asked->name, NULL};

    return reply(answer_describe(asked->snapshots, names), true);
}

static char *describe_all(const struct asked *asked)
{
    g_auto(GStrv) names = store_list(&asked->snapshots->store);

    return reply(answer_describe(asked->snapshots, names), true);
}

/* False and `error`: not done. */
static bool do_it(const struct asked *asked, GError **error)
{
    const struct store *store = &asked->snapshots->store;
    const struct handset *handset = asked->snapshots->config.handset;

    if (strcmp(asked->action, "export") == 0) {
        return bundle_export(store, handset, asked->name, asked->file, error);
    }
    if (!store_lock(asked->dir, error)) {
        return false;
    }
    return strcmp(asked->action, "import") == 0
               ? bundle_import(store, handset, asked->name, asked->file, error)
               : snapshots_delete(asked->snapshots, asked->name, error);
}

static char *answer(const struct asked *asked)
{
    g_autofree char *why = NULL;
    g_autoptr(GError) error = NULL;
    const char *code =
        answer_check(asked->snapshots, asked->action, asked->name, asked->file, &why);

    if (code) {
        return refuse(code, why);
    }
    if (strcmp(asked->action, "list") == 0) {
        return describe_all(asked);
    }
    if (strcmp(asked->action, "show") == 0) {
        return describe_one(asked);
    }
    if (!do_it(asked, &error)) {
        return refuse(failure_code(error), error->message);
    }
    return strcmp(asked->action, "delete") == 0 ? reply(json_object_new(), true)
                                                : describe_one(asked);
}

static char *answer_from(const char *dir, JsonObject *request)
{
    static const char *const actions[] = {"list", "show", "delete", "export", "import", NULL};
    struct snapshots snapshots = {0};
    struct asked asked = {
        .snapshots = &snapshots,
        .dir = dir,
        .action = json_object_get_string_member_with_default(request, "action", ""),
        .name = json_object_get_string_member_with_default(request, "name", NULL),
        .file = json_object_get_string_member_with_default(request, "file", NULL),
    };
    g_autoptr(GError) error = NULL;
    char *text;

    if (!g_strv_contains(actions, asked.action)) {
        return refuse("bad-request", "action: only a phone that runs can save or load");
    }
    if (!snapshots_look(&snapshots, dir, &error)) {
        return refuse("io", error->message);
    }
    text = answer(&asked);
    snapshots_close(&snapshots);
    return text;
}

char *offline_answer(const char *handset_dir, const char *request)
{
    g_autoptr(JsonNode) node = json_from_string(request, NULL);

    if (!node || !JSON_NODE_HOLDS_OBJECT(node)) {
        return refuse("bad-json", "a request is a JSON object");
    }
    return answer_from(handset_dir, json_node_get_object(node));
}
