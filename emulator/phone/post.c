/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/post.h"

#include <string.h>

#define ANSWER_S 10

static struct phone *target;

void post_init(struct phone *phone)
{
    target = phone;
}

/* The switchboard tells of another persona in front by itself, of another view it does not. */
static void on_reply(void *opaque, const struct service_line *line,
                     const GError *error G_GNUC_UNUSED)
{
    g_autofree char *text = opaque;

    if (line && line->kind == SERVICE_OK && g_str_has_prefix(text, "view ")) {
        phone_set_view(target, strcmp(text, "view side") == 0);
    }
}

static gboolean request(gpointer data)
{
    g_autofree char *text = data;

    if (target->service_up) {
        service_request(target->service, text, ANSWER_S, on_reply, g_strdup(text));
    }
    return G_SOURCE_REMOVE;
}

void post_request(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    phone_invoke(target, request, g_strdup_vprintf(format, args));
    va_end(args);
}
