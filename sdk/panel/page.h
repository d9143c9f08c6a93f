/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A page of the panel: one subject, one file page_NAME.c with one struct page_kind. */
#ifndef PANEL_PAGE_H
#define PANEL_PAGE_H

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

struct panel;

struct page_kind {
    const char *name, *title;
    /* Makes the page; *self goes to the functions below, and lives as long as the panel. */
    GtkWidget *(*make)(struct panel *panel, gpointer *self);
    /* Asks the phone for what the page shows: when it comes into view, and each second then. */
    void (*refresh)(gpointer self);
    /* An event of the control API, in view or not. NULL: the page needs none. */
    void (*event)(gpointer self, const char *name, JsonObject *event);
};

extern const struct page_kind page_battery, page_motion, page_position, page_network, page_sound,
    page_camera;

#endif
