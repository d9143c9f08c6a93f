/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* One network of a persona, as the verb `net` describes it. */
#ifndef PANEL_NETWORK_BOX_H
#define PANEL_NETWORK_BOX_H

#include "panel.h"

struct network_box;

/* At the end of a column; lives as long as the panel. */
struct network_box *network_box_new(struct panel *panel, GtkWidget *column);

/* An element of `networks`; `first`: the first of its persona's. */
void network_box_show(struct network_box *box, JsonObject *network, gboolean first);

/* Whose an element is. */
const char *network_box_vm(JsonObject *network);

void network_box_hide(struct network_box *box);

#endif
