/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "panel.h"

#include <string.h>

#include "frame.h"
#include "page.h"

#define REFRESH_MS 1000
#define RETRY_MS   500 /* to find the phone again that has ended: it may go on from a snapshot */
#define RETRIES    10

static const struct page_kind *const kinds[] = {&page_battery, &page_motion, &page_position,
                                                &page_network, &page_sound,  &page_camera};

struct panel {
    GtkApplication *app;
    char *path;
    booth_link *link; /* NULL: no phone */
    guint retries;    /* that are left */
    struct frame frame;
    gpointer page[G_N_ELEMENTS(kinds)];
    char *refused;   /* why the last request of a user failed, or NULL */
    char *unknown;   /* why a question failed, or NULL */
    gboolean failed; /* one did since the last refresh */
};

/* A request that waits for its reply; of `show` and `done` one at most is there. */
struct pending {
    struct panel *panel;
    char **why; /* of the panel: where its error goes */
    panel_show_fn *show;
    booth_reply_fn *done;
    gpointer data;
};

static void show_line(struct panel *panel)
{
    frame_say(&panel->frame, panel->refused ? panel->refused : panel->unknown);
}

static void set_why(struct panel *panel, char **why, const char *text)
{
    g_free(*why);
    *why = g_strdup(text);
    show_line(panel);
}

void panel_complain(struct panel *panel, const char *text)
{
    set_why(panel, &panel->refused, text);
}

/* A page asks several questions: one that is answered does not hide that another one is not. */
static void note(struct panel *panel, char **why, const GError *error)
{
    panel->failed |= error != NULL && why == &panel->unknown;
    if (error != NULL || why == &panel->refused) {
        set_why(panel, why, error ? error->message : NULL);
    }
}

static void on_reply(gpointer data, JsonObject *reply, const GError *error)
{
    g_autofree struct pending *pending = data;

    note(pending->panel, pending->why, error);
    if (pending->done != NULL) {
        pending->done(pending->data, reply, error);
    } else if (pending->show != NULL && reply != NULL) {
        pending->show(pending->data, reply);
    }
}

/* `request` is taken. FALSE: there is no phone. */
static gboolean call(JsonObject *request, const struct pending *pending)
{
    g_autoptr(JsonObject) taken = request;
    booth_link *link = pending->panel->link;

    if (link != NULL) {
        booth_link_call(link, taken, on_reply, g_memdup2(pending, sizeof(*pending)));
    }
    return link != NULL;
}

void panel_ask(struct panel *panel, JsonObject *request, panel_show_fn *show, gpointer data)
{
    const struct pending pending = {panel, &panel->unknown, show, NULL, data};

    call(request, &pending);
}

gboolean panel_do(struct panel *panel, JsonObject *request, booth_reply_fn *done, gpointer data)
{
    const struct pending pending = {panel, &panel->refused, NULL, done, data};

    return call(request, &pending);
}

JsonObject *panel_request(const char *verb, ...)
{
    JsonObject *request = json_object_new();
    va_list members;

    json_object_set_string_member(request, "verb", verb);
    va_start(members, verb);
    for (const char *name; (name = va_arg(members, const char *)) != NULL;) {
        json_object_set_string_member(request, name, va_arg(members, const char *));
    }
    va_end(members);
    return request;
}

/* ---- The phone ------------------------------------------------------------------------------
 */

static void on_event(gpointer data, JsonObject *event)
{
    struct panel *panel = data;
    const char *name = json_object_get_string_member_with_default(event, "event", "");

    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i]->event != NULL) {
            kinds[i]->event(panel->page[i], name, event);
        }
    }
}

/* The page in view; all of it comes from the phone. */
static gboolean refresh(gpointer data)
{
    struct panel *panel = data;
    const char *name = frame_page(&panel->frame);

    if (!panel->failed) {
        set_why(panel, &panel->unknown, NULL);
    }
    panel->failed = FALSE;
    for (unsigned i = 0; panel->link != NULL && i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i]->name, name) == 0) {
            kinds[i]->refresh(panel->page[i]);
        }
    }
    return G_SOURCE_CONTINUE;
}

static gboolean connect_again(gpointer data)
{
    struct panel *panel = data;

    if (panel_connect(panel, NULL)) {
        return G_SOURCE_REMOVE;
    }
    if (--panel->retries > 0) {
        return G_SOURCE_CONTINUE;
    }
    g_printerr("booth-panel: the phone has ended\n");
    g_application_quit(G_APPLICATION(panel->app));
    return G_SOURCE_REMOVE;
}

static void on_closed(gpointer data, const GError *why G_GNUC_UNUSED)
{
    struct panel *panel = data;

    g_clear_pointer(&panel->link, booth_link_free);
    set_why(panel, &panel->unknown, NULL);
    panel_complain(panel, "The phone has ended; this window closes, unless it comes back at once.");
    frame_set_alive(&panel->frame, FALSE);
    panel->retries = RETRIES;
    g_timeout_add(RETRY_MS, connect_again, panel);
}

static void show_name(gpointer data, JsonObject *reply)
{
    struct panel *panel = data;

    frame_set_name(&panel->frame, json_object_get_string_member_with_default(reply, "name", ""));
}

gboolean panel_connect(struct panel *panel, GError **error)
{
    const struct booth_link_events events = {on_event, on_closed, panel};

    panel->link = booth_link_new(panel->path, &events, error);
    if (panel->link == NULL) {
        return FALSE;
    }
    panel_complain(panel, NULL);
    frame_set_alive(&panel->frame, TRUE);
    panel_ask(panel, panel_request("hello", NULL), show_name, panel);
    panel_ask(panel, panel_request("subscribe", NULL), NULL, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
        kinds[i]->refresh(panel->page[i]); /* none is empty when it comes into view */
    }
    return TRUE;
}

/* ---- The window -----------------------------------------------------------------------------
 */

static void on_page(gpointer data)
{
    refresh(data);
}

void panel_present(struct panel *panel)
{
    gtk_window_present(panel->frame.window);
}

GtkWindow *panel_window(struct panel *panel)
{
    return panel->frame.window;
}

struct panel *panel_new(GtkApplication *app, const char *path)
{
    struct panel *panel = g_new0(struct panel, 1);

    panel->app = app;
    panel->path = g_strdup(path);
    frame_open(&panel->frame, app, on_page, panel);
    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
        frame_add(&panel->frame, kinds[i]->name, kinds[i]->title,
                  kinds[i]->make(panel, &panel->page[i]));
    }
    g_timeout_add(REFRESH_MS, refresh, panel);
    return panel;
}
