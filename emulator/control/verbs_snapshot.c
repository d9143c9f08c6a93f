/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "control/session.h"
#include "control/verbs.h"
#include "snapshot/snapshots.h"

static struct snapshots *snapshots_of(struct request *request)
{
    return request->server->config.snapshots;
}

/* False: the request has no name that a snapshot may have, and is answered so. */
static bool has_name(struct request *request)
{
    const char *name = args_string(request->args, "name", NULL);

    if (name && store_is_name(name)) {
        return true;
    }
    if (name && *name) {
        request_fail(request, "bad-request",
                     "name: '%s' is not 1 to %d letters, digits, '-', '_' and '.'", name,
                     STORE_NAME_MAX);
        return false;
    }
    request_fail(request, "bad-request",
                 "name: %s needs one of 1 to %d letters, digits, '-', '_' and '.'",
                 args_string(request->args, "action", ""), STORE_NAME_MAX);
    return false;
}

/* False: there is no such snapshot, and the request is answered so. */
static bool exists(struct request *request)
{
    const char *name = args_string(request->args, "name", "");

    if (has_name(request)) {
        if (store_has(&snapshots_of(request)->store, name)) {
            return true;
        }
        request_fail(request, "refused", "there is no snapshot '%s'", name);
    }
    return false;
}

static JsonObject *describe(struct snapshots *snapshots, const char *name)
{
    g_autofree char *path = store_path(&snapshots->store, name, STORE_HEADER);
    g_autofree char *dir = store_path(&snapshots->store, name, NULL);
    g_autofree char *screen = store_path(&snapshots->store, name, STORE_SCREEN);
    g_autoptr(GError) error = NULL;
    g_autoptr(snapshot_header) header = header_read(path, &error);
    JsonObject *object = json_object_new();
    g_autoptr(JsonObject) images = header ? identity_read(snapshots->identity, &error) : NULL;
    g_autofree char *why =
        images ? header_mismatch(header, snapshots->config.handset, images) : NULL;

    json_object_set_string_member(object, "name", name);
    json_object_set_string_member(object, "time", header ? header->time : "");
    json_object_set_boolean_member(object, "state", header && header->phone);
    json_object_set_boolean_member(object, "fits", images && !why);
    if (error || why) {
        json_object_set_string_member(object, "why", error ? error->message : why);
    } else {
        json_object_set_null_member(object, "why");
    }
    json_object_set_int_member(object, "bytes", (gint64)store_size(&snapshots->store, name));
    json_object_set_string_member(object, "folder", dir);
    if (g_file_test(screen, G_FILE_TEST_EXISTS)) {
        json_object_set_string_member(object, "screen", screen);
    } else {
        json_object_set_null_member(object, "screen");
    }
    return object;
}

static void answer_with(struct request *request, char *const *names)
{
    JsonObject *body = json_object_new();
    JsonArray *array = json_array_new();

    for (char *const *name = names; *name; name++) {
        json_array_add_object_element(array, describe(snapshots_of(request), *name));
    }
    json_object_set_array_member(body, "snapshots", array);
    request_ok(request, body);
}

static void answer_one(struct request *request)
{
    char *names[] = {(char *)args_string(request->args, "name", ""), NULL};

    answer_with(request, names);
}

static void on_saved(void *opaque, const GError *error)
{
    if (!request_not_saved(opaque, error)) {
        answer_one(opaque);
    }
}

static void save(struct request *request)
{
    const char *name = args_string(request->args, "name", "");

    if (!has_name(request)) {
        return;
    }
    if (snapshots_is_quick(name)) {
        request_fail(request, "bad-request",
                     "name: '%s' is of use once, to go on after `booth stop --save %s`", name,
                     name);
    } else {
        snapshots_save(snapshots_of(request), name, SNAPSHOTS_GO_ON, on_saved, request);
    }
}

/* The phone ends and starts again, in the same process, from the snapshot. */
static void load(struct request *request)
{
    const char *name = args_string(request->args, "name", "");

    if (exists(request)) {
        JsonObject *snapshot = describe(snapshots_of(request), name);
        if (json_object_get_boolean_member(snapshot, "fits")) {
            request->server->config.restart(request->server->config.restart_opaque, name);
            answer_one(request);
        } else {
            request_fail(request, "refused", "snapshot '%s': %s", name,
                         json_object_get_string_member(snapshot, "why"));
        }
        json_object_unref(snapshot);
    }
}

/* False: the request has no file, and is answered so. */
static bool has_file(struct request *request)
{
    if (args_has(request->args, "file")) {
        return true;
    }
    request_fail(request, "bad-request", "file: %s needs one",
                 args_string(request->args, "action", ""));
    return false;
}

static void export(struct request *request)
{
    if (exists(request) && has_file(request)) {
        snapshots_export(snapshots_of(request), args_string(request->args, "name", ""),
                         args_string(request->args, "file", ""), on_saved, request);
    }
}

static void import(struct request *request)
{
    if (has_name(request) && has_file(request)) {
        snapshots_import(snapshots_of(request), args_string(request->args, "name", ""),
                         args_string(request->args, "file", ""), on_saved, request);
    }
}

static void list(struct request *request)
{
    g_auto(GStrv) names = store_list(&snapshots_of(request)->store);

    answer_with(request, names);
}

static void show(struct request *request)
{
    if (exists(request)) {
        answer_one(request);
    }
}

static void delete (struct request *request)
{
    const char *name = args_string(request->args, "name", "");
    struct snapshots *snapshots = snapshots_of(request);
    g_autoptr(GError) error = NULL;

    if (!exists(request)) {
        return;
    }
    if (!snapshots_delete(snapshots, name, &error)) {
        request_fail(request, "io", "%s", error->message);
    } else {
        request_ok(request, NULL);
    }
}

static const struct {
    const char *name;
    void (*run)(struct request *request);
} actions[] = {
    {"save", save},     {"load", load},     {"list", list},     {"show", show},
    {"delete", delete}, {"export", export}, {"import", import},
};

void verb_snapshot(struct request *request)
{
    const char *action = args_string(request->args, "action", "");

    for (unsigned i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (strcmp(actions[i].name, action) == 0) {
            actions[i].run(request);
            return;
        }
    }
}
