/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "network_box.h"

#include <string.h>

#include "api/choices.h"
#include "files.h"
#include "rows.h"
#include "sender.h"

struct network_box {
    struct sender link, profile, airplane;
    struct panel *panel;
    char *vm, *interface; /* interface: NULL: the persona has one only */
    gboolean captures;
    GtkWidget *whole, *above, *up, *rate, *all_down, *capture;
    GtkLabel *heading, *name, *dns, *proxy, *traffic, *file, *forwards;
};

static void on_link(GtkSwitch *up, GParamSpec *spec, gpointer data);
static void on_profile(GtkDropDown *rate, GParamSpec *spec, gpointer data);
static void on_airplane(GtkSwitch *all_down, GParamSpec *spec, gpointer data);

/* ---- What the phone says --------------------------------------------------------------------
 */

static const char *text_of(JsonObject *network, const char *member, const char *otherwise)
{
    return json_object_get_string_member_with_default(network, member, otherwise);
}

static gboolean is(JsonObject *network, const char *member)
{
    return json_object_get_boolean_member_with_default(network, member, FALSE);
}

const char *network_box_vm(JsonObject *network)
{
    return text_of(network, "vm", "");
}

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
    g_signal_handlers_block_by_func(box->rate, (gpointer)on_profile, box);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(box->rate),
                               choices_net_profile_profile[i] ? i : GTK_INVALID_LIST_POSITION);
    g_signal_handlers_unblock_by_func(box->rate, (gpointer)on_profile, box);
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

/* A place of the page keeps its network as a rule; here it may get another one. */
static void show_names(struct network_box *box, JsonObject *network, gboolean first)
{
    const char *interface = text_of(network, "interface", NULL);

    g_free(box->vm);
    g_free(box->interface);
    box->vm = g_strdup(network_box_vm(network));
    box->interface = g_strdup(interface);
    gtk_label_set_text(box->heading, box->vm);
    gtk_label_set_text(box->name, interface ? interface : "the only one");
    gtk_widget_set_visible(GTK_WIDGET(box->heading), first);
    gtk_widget_set_visible(box->above, first && json_object_has_member(network, "airplane"));
    gtk_widget_set_visible(box->whole, TRUE);
}

void network_box_show(struct network_box *box, JsonObject *network, gboolean first)
{
    const char *file = text_of(network, "capture", NULL);

    show_names(box, network, first);
    show_traffic(box, network);
    show_forwards(box, network);
    box->captures = file != NULL;
    gtk_label_set_text(box->dns, text_of(network, "dns", "as on this computer"));
    gtk_label_set_text(box->proxy, text_of(network, "proxy", "none"));
    gtk_label_set_text(box->file, file ? file : "off");
    gtk_button_set_label(GTK_BUTTON(box->capture), file ? "Stop" : "To a file…");
    if (!box->link.busy) {
        rows_show_switch(box->up, is(network, "up"), G_CALLBACK(on_link));
    }
    if (!box->airplane.busy) {
        rows_show_switch(box->all_down, is(network, "airplane"), G_CALLBACK(on_airplane));
    }
    if (!box->profile.busy) {
        show_profile(box, text_of(network, "profile", ""));
    }
}

void network_box_hide(struct network_box *box)
{
    gtk_widget_set_visible(box->whole, FALSE);
}

/* ---- What the user wants --------------------------------------------------------------------
 */

/* For this network. */
static JsonObject *request_for(struct network_box *box, const char *verb)
{
    JsonObject *request = panel_request(verb, "vm", box->vm, NULL);

    if (box->interface != NULL) {
        json_object_set_string_member(request, "interface", box->interface);
    }
    return request;
}

static void on_link(GtkSwitch *up, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct network_box *box = data;
    JsonObject *request = request_for(box, "net-link");

    json_object_set_string_member(request, "state", gtk_switch_get_active(up) ? "up" : "down");
    sender_send(&box->link, request);
}

static void on_airplane(GtkSwitch *all_down, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct network_box *box = data;

    sender_send(&box->airplane,
                panel_request("net-airplane", "vm", box->vm, "state",
                              gtk_switch_get_active(all_down) ? "on" : "off", NULL));
}

static void on_profile(GtkDropDown *rate, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct network_box *box = data;
    guint chosen = gtk_drop_down_get_selected(rate);
    JsonObject *request;

    if (chosen != GTK_INVALID_LIST_POSITION) {
        request = request_for(box, "net-profile");
        json_object_set_string_member(request, "profile", choices_net_profile_profile[chosen]);
        sender_send(&box->profile, request);
    }
}

static void on_file(gpointer data, const char *path)
{
    struct network_box *box = data;
    JsonObject *request = request_for(box, "net-capture");

    json_object_set_string_member(request, "file", path);
    panel_do(box->panel, request, NULL, NULL);
}

static void on_capture(GtkButton *button G_GNUC_UNUSED, gpointer data)
{
    static const char *const globs[] = {"*.pcap", NULL};
    struct network_box *box = data;
    g_autofree char *name = g_strdup_printf("%s%s%s.pcap", box->vm, box->interface ? "-" : "",
                                            box->interface ? box->interface : "");
    const struct files_question question = {"Capture to a file", "Frames (pcap)", globs, name};

    if (box->captures) {
        panel_do(box->panel, request_for(box, "net-capture"), NULL, NULL);
    } else {
        files_ask(panel_window(box->panel), &question, on_file, box);
    }
}

static void fill(struct network_box *box, GtkWidget *group)
{
    box->up = rows_switch(G_CALLBACK(on_link), box);
    box->rate = gtk_drop_down_new_from_strings(choices_net_profile_profile);
    gtk_widget_set_halign(box->rate, GTK_ALIGN_END);
    g_signal_connect(box->rate, "notify::selected", G_CALLBACK(on_profile), box);
    box->capture = rows_button("", G_CALLBACK(on_capture), box);
    box->name = rows_value(group, "Interface");
    rows_add(group, "Carrier", box->up);
    rows_add(group, "Profile", box->rate);
    box->dns = rows_value(group, "Name server");
    box->proxy = rows_value(group, "Web proxy");
    box->traffic = rows_value(group, "Traffic");
    box->forwards = rows_value(group, "Forwarded ports");
    box->file = rows_value_beside(group, "Capture", box->capture);
}

struct network_box *network_box_new(struct panel *panel, GtkWidget *column)
{
    struct network_box *box = g_new0(struct network_box, 1);
    GtkWidget *heading = gtk_label_new(NULL);

    box->panel = box->link.panel = box->profile.panel = box->airplane.panel = panel;
    box->whole = gtk_box_new(GTK_ORIENTATION_VERTICAL, 14);
    gtk_label_set_xalign(GTK_LABEL(heading), 0);
    gtk_widget_add_css_class(heading, "heading");
    box->heading = GTK_LABEL(heading);
    gtk_box_append(GTK_BOX(box->whole), heading);
    box->above = rows_group(box->whole, NULL);
    box->all_down = rows_switch(G_CALLBACK(on_airplane), box);
    rows_add(box->above, "Airplane mode", box->all_down);
    fill(box, rows_group(box->whole, NULL));
    gtk_box_append(GTK_BOX(column), box->whole);
    return box;
}
