/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>
#include <string.h>
#include <sys/un.h>

#include "control/session.h"
#include "control/verbs.h"
#include "machine/debugger.h"

/* A request on its way through the machine's thread. */
struct opening {
    struct request *request;
    char *path; /* NULL: closing */
    char *why;  /* it was not done */
};

static gboolean answer(gpointer data)
{
    struct opening *opening = data;

    if (opening->why) {
        request_fail(opening->request, "io", "no gdb server at %s: %s", opening->path,
                     opening->why);
    } else {
        JsonObject *body = json_object_new();
        describe_text(body, "socket", opening->path);
        request_ok(opening->request, body);
    }
    g_free(opening->path);
    g_free(opening->why);
    g_free(opening);
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_done(void *opaque, const char *why)
{
    struct opening *opening = opaque;

    opening->why = g_strdup(why);
    phone_invoke(opening->request->server->config.phone, answer, opening);
}

void verb_gdb(struct request *request)
{
    bool starts = strcmp(args_string(request->args, "action", ""), "start") == 0;
    g_autofree char *path = g_strconcat(request->server->config.path, ".gdb", NULL);

    if (!request_has_machine(request)) {
        return;
    }
    if (strlen(path) >= sizeof(((struct sockaddr_un *)NULL)->sun_path)) {
        request_fail(request, "io", "no gdb server at %s: the path is too long", path);
        return;
    }
    struct opening *opening = g_new0(struct opening, 1);
    opening->request = request;
    opening->path = starts ? g_steal_pointer(&path) : NULL;
    debugger_listen(opening->path, on_done, opening);
}
