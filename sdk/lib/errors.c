/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "errors.h"

GQuark booth_error_quark(void)
{
    return g_quark_from_static_string("booth-error-quark");
}

static BoothError code_of(const char *word)
{
    for (const struct error_word *known = error_words; known->word != NULL; known++) {
        if (g_strcmp0(word, known->word) == 0) {
            return known->code;
        }
    }
    return BOOTH_ERROR_OTHER;
}

JsonObject *booth_reply_check(JsonObject *reply, GError **error)
{
    if (json_object_get_boolean_member_with_default(reply, "ok", FALSE)) {
        return reply;
    }
    const char *word = json_object_get_string_member_with_default(reply, "error", "");
    const char *text = json_object_get_string_member_with_default(reply, "message", "no reason");
    g_set_error(error, BOOTH_ERROR, (gint)code_of(word), "%s", text);
    json_object_unref(reply);
    return NULL;
}
