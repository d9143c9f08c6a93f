/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Network: each that the phone has, however many those are. */
#include <string.h>

#include "network_box.h"
#include "page.h"
#include "rows.h"

struct network {
    struct panel *panel;
    GtkWidget *column;
    GPtrArray *boxes; /* struct network_box, in the order of the phone's answer */
};

static GtkWidget *make(struct panel *panel, gpointer *self)
{
    struct network *network = g_new0(struct network, 1);
    GtkWidget *page = rows_page(&network->column);

    network->panel = panel;
    network->boxes = g_ptr_array_new();
    *self = network;
    return page;
}

/* The i-th of the phone's networks; `before`: whose the one before it is. */
static void show_one(struct network *network, guint i, JsonObject *object, const char *before)
{
    if (i == network->boxes->len) {
        g_ptr_array_add(network->boxes, network_box_new(network->panel, network->column));
    }
    network_box_show(g_ptr_array_index(network->boxes, i), object,
                     strcmp(network_box_vm(object), before) != 0);
}

static void show(gpointer data, JsonObject *reply)
{
    struct network *network = data;
    JsonNode *node = json_object_get_member(reply, "networks");
    JsonArray *all = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    guint count = all ? json_array_get_length(all) : 0;
    const char *before = "";

    for (guint i = 0; i < count; i++) {
        JsonNode *element = json_array_get_element(all, i);
        if (JSON_NODE_HOLDS_OBJECT(element)) {
            show_one(network, i, json_node_get_object(element), before);
            before = network_box_vm(json_node_get_object(element));
        }
    }
    for (guint i = count; i < network->boxes->len; i++) {
        network_box_hide(g_ptr_array_index(network->boxes, i));
    }
}

static void refresh(gpointer self)
{
    struct network *network = self;

    panel_ask(network->panel, panel_request("net", NULL), show, network);
}

const struct page_kind page_network = {
    .name = "network",
    .title = "Network",
    .make = make,
    .refresh = refresh,
};
