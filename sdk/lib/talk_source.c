/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "talk_source.h"

struct talk_source {
    GSource source;
    struct talk *talk;
    gpointer tag;       /* of the socket */
    GIOCondition asked; /* what is polled for */
};

static gboolean prepare(GSource *source, gint *timeout)
{
    struct talk_source *own = (struct talk_source *)source;
    GIOCondition wants = talk_wants(own->talk);

    *timeout = -1;
    if (wants != own->asked) { /* else the context would wake up each time */
        own->asked = wants;
        g_source_modify_unix_fd(source, own->tag, wants);
    }
    return wants == 0;
}

static gboolean check(GSource *source)
{
    struct talk_source *own = (struct talk_source *)source;

    return talk_wants(own->talk) == 0 || g_source_query_unix_fd(source, own->tag) != 0;
}

static gboolean dispatch(GSource *source, GSourceFunc callback G_GNUC_UNUSED,
                         gpointer data G_GNUC_UNUSED)
{
    struct talk_source *own = (struct talk_source *)source;

    if (talk_wants(own->talk) != 0) {
        talk_move(own->talk);
    }
    if (g_source_is_destroyed(source)) {
        return G_SOURCE_REMOVE; /* and the conversation may be freed */
    }
    return talk_wants(own->talk) != 0;
}

GSource *talk_source_attach(struct talk *talk)
{
    static GSourceFuncs functions = {.prepare = prepare, .check = check, .dispatch = dispatch};
    GSource *source = g_source_new(&functions, sizeof(struct talk_source));
    struct talk_source *own = (struct talk_source *)source;
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();

    own->talk = talk;
    own->asked = talk_wants(talk);
    own->tag = g_source_add_unix_fd(source, talk_fd(talk), own->asked);
    g_source_set_name(source, "booth");
    g_source_attach(source, context);
    return source;
}
