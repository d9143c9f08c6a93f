/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A round lamp: off, or on in a colour. */
#ifndef PANEL_LAMP_H
#define PANEL_LAMP_H

#include <gtk/gtk.h>

GtkWidget *lamp_new(void);

/* colour: 0xrrggbb; bright: 0 (off) to 1. */
void lamp_show(GtkWidget *lamp, guint32 colour, double bright);

#endif
