/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The panel: a window of pages, each of which shows a part of one phone and sets it. It is a client
 * of the control API like any other. All of it runs in GTK's main loop, and nothing waits.
 */
#ifndef PANEL_PANEL_H
#define PANEL_PANEL_H

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "../lib/link.h"

struct panel;

/*
 * For the phone whose control socket is at `path`. Makes the window, with which `app` ends. It
 * lives as long as the process.
 */
struct panel *panel_new(GtkApplication *app, const char *path);

/* Connects. False and `error`: no phone answers. */
gboolean panel_connect(struct panel *panel, GError **error);

/* To the front. */
void panel_present(struct panel *panel);

/*
 * Asks for what a page shows; `show` gets the reply. An error is on the line at the bottom as long
 * as such questions fail. `request` is taken.
 */
typedef void panel_show_fn(gpointer data, JsonObject *reply);
void panel_ask(struct panel *panel, JsonObject *request, panel_show_fn *show, gpointer data);

/*
 * What a user wants done: an error stays on the line until the next such request is done. `done`
 * may be NULL. FALSE: there is no phone at the moment, `done` is not called.
 */
gboolean panel_do(struct panel *panel, JsonObject *request, booth_reply_fn *done, gpointer data);

/* One line at the bottom, as if a request of panel_do() had failed. NULL: none. */
void panel_complain(struct panel *panel, const char *text);

/* The window, for what opens above it. */
GtkWindow *panel_window(struct panel *panel);

/* A request: its verb, then names and texts of members, up to NULL. */
JsonObject *panel_request(const char *verb, ...) G_GNUC_NULL_TERMINATED;

#endif
