/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/post.h"

#define ANSWER_S 10

static struct phone *target;

void post_init(struct phone *phone)
{
    target = phone;
}

static void ignore_reply(void *opaque G_GNUC_UNUSED, const struct service_line *line G_GNUC_UNUSED,
                         const GError *error G_GNUC_UNUSED)
{
}

static gboolean request(gpointer data)
{
    g_autofree char *text = data;

    if (target->service_up) {
        service_request(target->service, text, ANSWER_S, ignore_reply, NULL);
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
