/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/post.h"
#include "phone/ending.h"

#include <gio/gio.h>

#define ANSWER_S 10

struct post {
    struct phone *phone;
    char *text;
    service_reply_fn *reply;
    void *opaque;
};

static void ignore(void *opaque G_GNUC_UNUSED, const struct service_line *line G_GNUC_UNUSED,
                   const GError *error G_GNUC_UNUSED)
{
}

static gboolean request(gpointer data)
{
    g_autofree struct post *post = data;
    g_autofree char *text = post->text;

    if (post->phone->service_up) {
        (post->reply == ignore ? service_mention : service_request)(
            post->phone->service, text, ANSWER_S, post->reply, post->opaque);
    } else {
        g_autoptr(GError) error =
            g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "the switchboard is not up");
        post->reply(post->opaque, NULL, error);
    }
    return G_SOURCE_REMOVE;
}

static gboolean end(gpointer phone)
{
    ending_insist(phone);
    return G_SOURCE_REMOVE;
}

void post_end(struct phone *phone)
{
    phone_invoke(phone, end, phone);
}

void post_request(struct phone *phone, service_reply_fn *reply, void *opaque, const char *format,
                  ...)
{
    struct post *post = g_new(struct post, 1);
    va_list args;

    *post = (struct post){phone, NULL, reply ? reply : ignore, opaque};
    va_start(args, format);
    post->text = g_strdup_vprintf(format, args);
    va_end(args);
    phone_invoke(phone, request, post);
}
