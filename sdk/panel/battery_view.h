/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A picture of the battery. */
#ifndef PANEL_BATTERY_VIEW_H
#define PANEL_BATTERY_VIEW_H

#include <gtk/gtk.h>

struct battery_look {
    double level; /* percent */
    gboolean charging;
};

/* Draws *look, which must stay; whoever changes it asks for a redraw. */
GtkWidget *battery_view_new(const struct battery_look *look);

#endif
