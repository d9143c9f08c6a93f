/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A case's phone from its start to its end. */
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "../lib/booth.h"
#include "phone.h"

enum { END_SECONDS = 30 };

/* A folder of the phone's and all that is in it. */
static void remove_all(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_unlink(path) != 0) { /* a link is no folder */
            remove_all(path);
        }
    }
    g_rmdir(folder);
}

/* Where its socket is, and, if it is only tried, its emulator's messages. */
static char *runtime_folder(const struct phone *phone)
{
    g_autofree char *socket = booth_socket_path(phone->name);

    return g_path_get_dirname(socket);
}

static char *state_folder(const struct phone *phone)
{
    return g_build_filename(g_get_user_state_dir(), "phonebooth", phone->name, NULL);
}

/* A copy of the handset, with its snapshots, under the phone's name. */
static int copy_handset(struct phone *phone, const char *handset)
{
    int code = handset ? phone_do(phone, "handset", "path", handset, NULL)
                       : phone_do(phone, "handset", "path", NULL);
    g_autofree char *folder = g_strchomp(g_strdup(phone->output));

    if (code == 0) {
        code = phone_do(phone, "handset", "clone", folder, phone->name, NULL);
        phone->copied = code == 0;
    }
    return code;
}

/* A phone that goes on from a snapshot answers before it has read all of it. */
static int wait_running(struct phone *phone)
{
    const gint64 end = g_get_monotonic_time() + (gint64)phone->timeout * G_USEC_PER_SEC;
    int code;

    while ((code = phone_do(phone, "--json", "status", NULL)) == 0 &&
           !strstr(phone->output, "\"machine\":\"running\"") && !phone_is_interrupted()) {
        if (g_get_monotonic_time() > end) {
            return PHONE_TIMEOUT;
        }
        g_usleep(G_USEC_PER_SEC / 10);
    }
    return code;
}

int phone_start(struct phone *phone, const char *handset, const char *const *options)
{
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();
    int code = phone->keeps ? copy_handset(phone, handset) : 0;

    if (code != 0) {
        return code;
    }
    g_strv_builder_add(all, "run");
    if (phone->keeps || handset) {
        g_strv_builder_add(all, phone->keeps ? phone->name : handset);
    }
    g_strv_builder_add_many(all, "--background", "--", "--headless",
                            phone->keeps ? "--no-save" : "--try", NULL);
    if (phone->stands) {
        g_autofree char *option = g_strdup_printf("--deterministic=%u", phone->seed);
        g_strv_builder_add(all, option);
    }
    g_strv_builder_addv(all, (const char **)options);
    g_auto(GStrv) words = g_strv_builder_end(all);
    code = phone_run(phone, (const char *const *)words);
    return code == 0 ? wait_running(phone) : code;
}

/* Its time passes in a command that prints nothing of interest. */
static void advance(struct phone *phone, guint ms)
{
    g_autofree char *text = g_strdup_printf("%u", ms);
    char *output = g_steal_pointer(&phone->output);

    phone_do(phone, "advance", text, NULL);
    g_free(phone->output);
    phone->output = output;
}

void phone_pause(struct phone *phone, guint ms)
{
    if (phone->stands) {
        advance(phone, ms);
    } else {
        g_usleep(ms * 1000ul);
    }
}

char *phone_trace_hash(struct phone *phone)
{
    g_autoptr(JsonNode) node = NULL;

    if (!phone->stands || phone_do(phone, "status", "--json", NULL) != 0) {
        return NULL;
    }
    node = json_from_string(phone->output, NULL);
    return node && JSON_NODE_HOLDS_OBJECT(node)
               ? g_strdup(json_object_get_string_member_with_default(json_node_get_object(node),
                                                                     "trace_hash", NULL))
               : NULL;
}

void phone_end(struct phone *phone)
{
    g_autofree char *runtime = runtime_folder(phone), *state = state_folder(phone);

    phone->timeout = END_SECONDS;
    if (phone_do(phone, "stop", "--now", NULL) == 0) {
        remove_all(runtime);
    }
    if (phone->copied && phone_do(phone, "handset", "delete", "--yes", phone->name, NULL) == 0) {
        remove_all(state);
        phone->copied = FALSE;
    }
}

void phone_keep_messages(const struct phone *phone, const char *file)
{
    g_autofree char *folder = phone->keeps ? state_folder(phone) : runtime_folder(phone);
    g_autofree char *from = g_build_filename(folder, "emulator.log", NULL), *text = NULL;
    gsize length;

    if (g_file_get_contents(from, &text, &length, NULL)) {
        g_file_set_contents(file, text, (gssize)length, NULL);
    }
}
