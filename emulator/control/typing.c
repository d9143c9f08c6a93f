/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/typing.h"

#include "phone/clock.h"

#include <string.h>

#define ANSWER_S 10

struct change {
    int code;
    bool down;
    bool is_char; /* the character is typed when this is taken */
};

struct typing {
    struct request *request; /* NULL: it is answered, or the client has gone */
    struct phone *phone;
    const char *persona;
    GArray *changes; /* of struct change */
    guint sent;      /* of them */
    unsigned chars, typed;
    GSource *timeout; /* NULL: its time is over */
};

struct typing *typing_new(struct request *request)
{
    struct typing *typing = g_new0(struct typing, 1);

    typing->request = request;
    typing->phone = request->server->config.phone;
    typing->persona = typing->phone->front ? typing->phone->front->name : "";
    typing->changes = g_array_new(FALSE, FALSE, sizeof(struct change));
    return typing;
}

void typing_add(struct typing *typing, int code, bool down)
{
    struct change change = {code, down, false};
    g_array_append_val(typing->changes, change);
}

void typing_count_char(struct typing *typing)
{
    g_array_index(typing->changes, struct change, typing->changes->len - 1).is_char = true;
    typing->chars++;
}

static void drop_timeout(struct typing *typing)
{
    if (typing->timeout) {
        g_source_destroy(typing->timeout);
        g_clear_pointer(&typing->timeout, g_source_unref);
    }
}

void typing_free(struct typing *typing)
{
    drop_timeout(typing);
    g_array_unref(typing->changes);
    g_free(typing);
}

static void ignore(void *opaque G_GNUC_UNUSED, const struct service_line *line G_GNUC_UNUSED,
                   const GError *error G_GNUC_UNUSED)
{
}

/* A press is for the persona that was in front at the start, a release for whoever has the key. */
static void send(struct typing *typing, int code, bool down, service_reply_fn *reply)
{
    g_autofree char *text =
        g_strdup_printf("key %d %d%s%s", code, down, down ? " " : "", down ? typing->persona : "");
    service_request(typing->phone->service, text, ANSWER_S, reply, typing);
}

/* The last change of a key among those sent decides whether it is down. */
static bool is_last(const struct typing *typing, guint at)
{
    const struct change *changes = (const struct change *)(void *)typing->changes->data;

    for (guint i = at + 1; i < typing->sent; i++) {
        if (changes[i].code == changes[at].code) {
            return false;
        }
    }
    return true;
}

static void let_go(struct typing *typing)
{
    for (guint i = 0; i < typing->sent; i++) {
        const struct change *change = &g_array_index(typing->changes, struct change, i);
        if (change->down && is_last(typing, i)) {
            send(typing, change->code, false, ignore);
        }
    }
}

static JsonObject *report(const struct typing *typing)
{
    JsonObject *body = json_object_new();

    json_object_set_int_member(body, "typed", typing->typed);
    return body;
}

static void fail(struct typing *typing, const char *code, const char *why)
{
    struct request *request = typing->request;

    typing->request = NULL;
    drop_timeout(typing);
    if (request) {
        request_fail_with(request, report(typing), code, "%s; %u of %u characters were typed", why,
                          typing->typed, typing->chars);
    }
}

/* The answer comes with that of the change on its way, so that the count is true. */
static gboolean on_timeout(gpointer data)
{
    drop_timeout(data);
    return G_SOURCE_REMOVE;
}

static void send_next(struct typing *typing);
static void on_answer(void *opaque, const struct service_line *line, const GError *error);

/*
 * The switchboard has it, and the persona has not taken it yet. `wheel 0` moves nothing and is
 * answered when all is taken that came before it: text waits on.
 */
static bool waits_on(struct typing *typing, const char *code)
{
    if (!typing->request || !typing->timeout || strcmp(code, "timeout") != 0) {
        return false;
    }
    service_request(typing->phone->service, "wheel 0", ANSWER_S, on_answer, typing);
    return true;
}

static void on_answer(void *opaque, const struct service_line *line, const GError *error)
{
    struct typing *typing = opaque;
    const char *why, *code = request_refusal(line, error, &why);

    if (code && line && waits_on(typing, code)) {
        return;
    }
    if (code) {
        fail(typing, code, why);
    } else {
        typing->typed += g_array_index(typing->changes, struct change, typing->sent - 1).is_char;
    }
    if (!typing->timeout && typing->sent < typing->changes->len) {
        fail(typing, "timeout", "the persona does not take them in time");
    }
    if (!typing->request) {
        let_go(typing);
        typing_free(typing);
        return;
    }
    send_next(typing);
}

static void send_next(struct typing *typing)
{
    if (typing->sent == typing->changes->len) {
        request_ok(typing->request, report(typing));
        typing_free(typing);
        return;
    }
    const struct change *change = &g_array_index(typing->changes, struct change, typing->sent++);
    send(typing, change->code, change->down, on_answer);
}

static void cancel(struct request *request)
{
    struct typing *typing = request->working;

    typing->request = NULL;
    drop_timeout(typing);
    request_drop(request);
}

void typing_start(struct typing *typing, double seconds)
{
    typing->request->cancel = cancel;
    typing->request->working = typing;
    typing->timeout = clock_timeout_new((guint)(seconds * 1000), CLOCK_DRIVES);
    g_source_set_callback(typing->timeout, on_timeout, typing, NULL);
    g_source_attach(typing->timeout, typing->phone->context);
    send_next(typing);
}
