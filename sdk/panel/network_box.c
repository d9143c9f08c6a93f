/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "network_box.h"

#include <string.h>

#include "api/choices.h"
#include "files.h"
#include "rows.h"
#include "sender.h"

struct network_box {
    struct sender sender;
    char *vm;
    gboolean captures;
    GtkWidget *whole, *link, *profile, *capture;
    GtkLabel *heading, *traffic, *file, *forwards;
};

static void on_link(GtkSwitch *link, GParamSpec *spec, gpointer data);
static void on_profile(GtkDropDown *profile, GParamSpec *spec, gpointer data);

/* ---- What the phone says --------------------------------------------------------------------
 */

static gint64 number(JsonObject *network, const char *member)
{
    return json_object_get_int_member_with_default(network, member, 0);
}

static void show_profile(struct network_box *box, const char *name)
{
    guint i = 0;

    while (choices_net_profile_profile[i] && strcmp(choices_net_profile_profile[i], name) != 0) {
        i++;
    }
    g_signal_handlers_block_by_func(box->profile, (gpointer)on_profile, box);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(box->profile),
                               choices_net_profile_profile[i] ? i : GTK_INVALID_LIST_POSITION);
    g_signal_handlers_unblock_by_func(box->profile, (gpointer)on_profile, box);
}

static void show_traffic(struct network_box *box, JsonObject *network)
{
    g_autofree char *in =
        g_format_size_full((guint64)number(network, "bytes_in"), G_FORMAT_SIZE_IEC_UNITS);
    g_autofree char *out =
        g_format_size_full((guint64)number(network, "bytes_out"), G_FORMAT_SIZE_IEC_UNITS);
    g_autofree char *text = g_strdup_printf("%s in, %s out, %" G_GINT64_FORMAT " frames lost", in,
                                            out, number(network, "lost"));

    gtk_label_set_text(box->traffic, text);
}

static void show_forwards(struct network_box *box, JsonObject *network)
{
    JsonNode *node = json_object_get_member(network, "forwards");
    JsonArray *all = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; all && i < json_array_get_length(all); i++) {
        JsonObject *forward = json_array_get_object_element(all, i);
        g_string_append_printf(text, "%s127.0.0.1:%d to %d", i ? ", " : "",
                               (int)number(forward, "host_port"), (int)number(forward, "port"));
    }
    gtk_label_set_text(box->forwards, text->len ? text->str : "none");
}

void network_box_show(struct network_box *box, JsonObject *network)
{
    const char *vm = json_object_get_string_member_with_default(network, "vm", "");
    const char *file = json_object_get_string_member_with_default(network, "capture", NULL);

    if (g_strcmp0(vm, box->vm) != 0) {
        g_free(box->vm);
        box->vm = g_strdup(vm);
        gtk_label_set_text(box->heading, vm);
    }
    gtk_widget_show(box->whole);
    show_traffic(box, network);
    show_forwards(box, network);
    box->captures = file != NULL;
    gtk_label_set_text(box->file, file ? file : "off");
    gtk_button_set_label(GTK_BUTTON(box->capture),
                         file ? "Stop the capture" : "Capture to a file…");
    if (!box->sender.busy) {
        rows_show_switch(box->link,
                         json_object_get_boolean_member_with_default(network, "up", FALSE),
                         G_CALLBACK(on_link));
        show_profile(box, json_object_get_string_member_with_default(network, "profile", ""));
    }
}

void network_box_hide(struct network_box *box)
{
    gtk_widget_hide(box->whole);
}

/* ---- What the user wants --------------------------------------------------------------------
 */

static void on_link(GtkSwitch *link, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct network_box *box = data;

    sender_send(&box->sender, panel_request("net-link", "vm", box->vm, "state",
                                            gtk_switch_get_active(link) ? "up" : "down", NULL));
}

static void on_profile(GtkDropDown *profile, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct network_box *box = data;
    guint chosen = gtk_drop_down_get_selected(profile);

    if (chosen != GTK_INVALID_LIST_POSITION) {
        sender_send(&box->sender, panel_request("net-profile", "vm", box->vm, "profile",
                                                choices_net_profile_profile[chosen], NULL));
    }
}

static void on_file(gpointer data, const char *path)
{
    struct network_box *box = data;

    panel_do(box->sender.panel, panel_request("net-capture", "vm", box->vm, "file", path, NULL),
             NULL, NULL);
}

static void on_capture(GtkButton *button G_GNUC_UNUSED, gpointer data)
{
    static const char *const globs[] = {"*.pcap", NULL};
    struct network_box *box = data;
    g_autofree char *name = g_strconcat(box->vm, ".pcap", NULL);
    const struct files_question question = {"Capture to a file", "Frames (pcap)", globs, name};

    if (box->captures) {
        panel_do(box->sender.panel, panel_request("net-capture", "vm", box->vm, NULL), NULL, NULL);
    } else {
        files_ask(panel_window(box->sender.panel), &question, on_file, box);
    }
}

struct network_box *network_box_new(struct panel *panel, GtkWidget *column)
{
    struct network_box *box = g_new0(struct network_box, 1);
    GtkWidget *heading = gtk_label_new(NULL), *group;

    box->sender.panel = panel;
    box->whole = gtk_box_new(GTK_ORIENTATION_VERTICAL, 14);
    gtk_label_set_xalign(GTK_LABEL(heading), 0);
    gtk_widget_add_css_class(heading, "heading");
    box->heading = GTK_LABEL(heading);
    gtk_box_append(GTK_BOX(box->whole), heading);
    group = rows_group(box->whole, NULL);
    box->link = rows_switch(G_CALLBACK(on_link), box);
    box->profile = gtk_drop_down_new_from_strings(choices_net_profile_profile);
    gtk_widget_set_halign(box->profile, GTK_ALIGN_END);
    g_signal_connect(box->profile, "notify::selected", G_CALLBACK(on_profile), box);
    box->capture = rows_button("", G_CALLBACK(on_capture), box);
    gtk_widget_set_halign(box->capture, GTK_ALIGN_END);
    rows_add(group, "Carrier", box->link);
    rows_add(group, "Profile", box->profile);
    box->traffic = rows_value(group, "Traffic");
    box->forwards = rows_value(group, "Forwarded ports");
    box->file = rows_value(group, "Frames are written to");
    rows_add(group, "", box->capture);
    gtk_box_append(GTK_BOX(column), box->whole);
    return box;
}
