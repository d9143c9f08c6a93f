/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/answer.h"

#include <gio/gio.h>
#include <string.h>

#define NAME_RULE "1 to %d letters, digits, '-', '_' and '.'"

static const char *check_name(const char *action, const char *name, char **why)
{
    if (name && *name) {
        *why = store_is_name(name)
                   ? NULL
                   : g_strdup_printf("name: '%s' is not " NAME_RULE, name, STORE_NAME_MAX);
    } else {
        *why = g_strdup_printf("name: %s needs one of " NAME_RULE, action, STORE_NAME_MAX);
    }
    return *why ? "bad-request" : NULL;
}

const char *answer_check(const struct snapshots *snapshots, const char *action, const char *name,
                         const char *file, char **why)
{
    static const char *const makes[] = {"save", "import", NULL};
    static const char *const with_file[] = {"export", "import", NULL};
    const char *code;

    *why = NULL;
    if (strcmp(action, "list") == 0) {
        return NULL;
    }
    code = check_name(action, name, why);
    if (code) {
        return code;
    }
    if (!g_strv_contains(makes, action) && !store_has(&snapshots->store, name)) {
        *why = g_strdup_printf("there is no snapshot '%s'", name);
        return "refused";
    }
    if (g_strv_contains(makes, action) && snapshots_is_quick(name)) {
        *why = g_strdup_printf("name: '%s' is of use once, to go on after `booth stop --save %s`",
                               name, name);
        return "bad-request";
    }
    if (g_strv_contains(with_file, action) && !file) {
        *why = g_strdup_printf("file: %s needs one", action);
        return "bad-request";
    }
    return NULL;
}

/* The header; *why, to be freed with g_free(), is NULL or why the snapshot cannot be loaded now. */
static struct snapshot_header *read_header(struct snapshots *snapshots, const char *name,
                                           char **why)
{
    g_autofree char *path = store_path(&snapshots->store, name, STORE_HEADER);
    g_autoptr(GError) error = NULL;
    struct snapshot_header *header = header_read(path, &error);
    g_autoptr(JsonObject) images = header ? identity_read(snapshots->identity, &error) : NULL;

    *why = images ? header_mismatch(header, snapshots->config.handset, images)
                  : g_strdup(error->message);
    return header;
}

char *answer_unfit(struct snapshots *snapshots, const char *name)
{
    char *why;
    g_autoptr(snapshot_header) header = read_header(snapshots, name, &why);

    return why;
}

static void set_text(JsonObject *object, const char *name, const char *text)
{
    if (text) {
        json_object_set_string_member(object, name, text);
    } else {
        json_object_set_null_member(object, name);
    }
}

static JsonObject *describe(struct snapshots *snapshots, const char *name)
{
    const struct store *store = &snapshots->store;
    g_autofree char *dir = store_path(store, name, NULL);
    g_autofree char *screen = store_path(store, name, STORE_SCREEN);
    g_autofree char *why = NULL;
    g_autoptr(snapshot_header) header = read_header(snapshots, name, &why);
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "name", name);
    json_object_set_string_member(object, "time", header ? header->time : "");
    json_object_set_boolean_member(object, "state", header && header->phone);
    json_object_set_boolean_member(object, "fits", !why);
    set_text(object, "why", why);
    json_object_set_int_member(object, "bytes", (gint64)store_size(store, name));
    json_object_set_string_member(object, "folder", dir);
    set_text(object, "screen", g_file_test(screen, G_FILE_TEST_EXISTS) ? screen : NULL);
    return object;
}

JsonObject *answer_describe(struct snapshots *snapshots, char *const *names)
{
    JsonObject *body = json_object_new();
    JsonArray *array = json_array_new();

    for (char *const *name = names; *name; name++) {
        json_array_add_object_element(array, describe(snapshots, *name));
    }
    json_object_set_array_member(body, "snapshots", array);
    return body;
}
