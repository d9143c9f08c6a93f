/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "emulator.h"

#include <stdlib.h>

#include "../lib/booth.h"
#include "../lib/beside.h"
#include "cli.h"
#include "io_watch.h"

char *emulator_find(void)
{
    return beside_find("phonebooth");
}

/* What it prints; its messages go where ours do. */
static char *output_of(const char *const *words, const char *what, gint64 bytes, GError **error)
{
    g_autoptr(GSubprocess) child = g_subprocess_newv(words, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
    const char *process = child ? g_subprocess_get_identifier(child) : NULL;
    struct io_watch watch;
    char *text = NULL;

    if (child == NULL) {
        return NULL;
    }
    io_watch_begin(&watch, process ? atoi(process) : 0, what, bytes);
    g_subprocess_communicate_utf8(child, NULL, NULL, &text, NULL, error);
    io_watch_end(&watch);
    return text;
}

JsonObject *emulator_answer(const char *handset, JsonObject *request, GError **error)
{
    return emulator_answer_watched(handset, request, "", 0, error);
}

JsonObject *emulator_answer_watched(const char *handset, JsonObject *request, const char *what,
                                    gint64 bytes, GError **error)
{
    g_autofree char *emulator = emulator_find();
    g_autoptr(JsonNode) node = json_node_init_object(json_node_alloc(), request);
    g_autofree char *line = json_to_string(node, FALSE);
    const char *words[] = {emulator, "--answer", line, handset ? "--handset" : NULL, handset, NULL};

    if (emulator == NULL) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, EMULATOR_MISSING);
        return NULL;
    }
    g_autofree char *text = output_of(words, what, bytes, error);
    if (text == NULL) {
        return NULL;
    }
    g_autoptr(JsonNode) answer = json_from_string(text, NULL);
    if (answer == NULL || !JSON_NODE_HOLDS_OBJECT(answer)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s has not answered", emulator);
        return NULL;
    }
    return booth_reply_check(json_node_dup_object(answer), error);
}
