/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "control/session.h"
#include "control/verbs.h"
#include "snapshot/answer.h"

static struct snapshots *snapshots_of(struct request *request)
{
    return request->server->config.snapshots;
}

static void answer_with(struct request *request, char *const *names)
{
    request_ok(request, answer_describe(snapshots_of(request), names));
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
    snapshots_save(snapshots_of(request), args_string(request->args, "name", ""), SNAPSHOTS_GO_ON,
                   on_saved, request);
}

/* The phone ends and starts again, in the same process, from the snapshot. */
static void load(struct request *request)
{
    const char *name = args_string(request->args, "name", "");
    g_autofree char *why = answer_unfit(snapshots_of(request), name);

    if (why) {
        request_fail(request, "refused", "snapshot '%s': %s", name, why);
    } else {
        request->server->config.restart(request->server->config.restart_opaque, name);
        answer_one(request);
    }
}

static void export(struct request *request)
{
    snapshots_export(snapshots_of(request), args_string(request->args, "name", ""),
                     args_string(request->args, "file", ""), on_saved, request);
}

static void import(struct request *request)
{
    snapshots_import(snapshots_of(request), args_string(request->args, "name", ""),
                     args_string(request->args, "file", ""), on_saved, request);
}

static void list(struct request *request)
{
    g_auto(GStrv) names = store_list(&snapshots_of(request)->store);

    answer_with(request, names);
}

static void delete (struct request *request)
{
    g_autoptr(GError) error = NULL;

    snapshots_delete(snapshots_of(request), args_string(request->args, "name", ""), &error);
    if (!request_not_saved(request, error)) {
        request_ok(request, NULL);
    }
}

static const struct {
    const char *name;
    void (*run)(struct request *request);
} actions[] = {
    {"save", save},     {"load", load},     {"list", list},     {"show", answer_one},
    {"delete", delete}, {"export", export}, {"import", import},
};

void verb_snapshot(struct request *request)
{
    const char *action = args_string(request->args, "action", "");
    g_autofree char *why = NULL;
    const char *code =
        answer_check(snapshots_of(request), action, args_string(request->args, "name", NULL),
                     args_string(request->args, "file", NULL), &why);

    if (code) {
        request_fail(request, code, "%s", why);
        return;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (strcmp(actions[i].name, action) == 0) {
            actions[i].run(request);
            return;
        }
    }
}
