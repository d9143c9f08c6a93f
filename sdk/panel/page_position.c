/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Position: where the phone is, on a map and in numbers. */
#include <string.h>

#include "files.h"
#include "map_view.h"
#include "number.h"
#include "page.h"
#include "rows.h"
#include "sender.h"

static const struct {
    const char *label, *member;
    double least, most;
    int digits;
} fields[] = {
    {"_Latitude", "lat", -90, 90, 6},
    {"Lo_ngitude", "lon", -180, 180, 6},
    {"Al_titude (m)", "alt", -100000, 100000, 1},
    {"Sp_eed (m/s)", "speed", 0, 3000, 2},
    {"_Course (°)", "course", 0, 360, 1},
};

enum { LAT, LON, ALT, SPEED, COURSE };

struct position {
    struct sender sender;
    struct map_view view;
    GtkWidget *field[G_N_ELEMENTS(fields)];
    GtkLabel *state;
};

static double number(JsonObject *reply, const char *member)
{
    return json_object_get_double_member_with_default(reply, member, 0);
}

/* ---- What the phone says --------------------------------------------------------------------
 */

static void show_state(struct position *position, JsonObject *reply, const char *mode)
{
    gboolean heard = json_object_get_boolean_member_with_default(reply, "heard", FALSE);
    gboolean fix = json_object_get_boolean_member_with_default(reply, "fix", FALSE);
    const char *listener = !heard ? "nobody listens" : fix ? "heard, fix" : "heard, no fix yet";
    g_autofree char *text = NULL;

    if (strcmp(mode, "off") == 0) {
        text = g_strdup_printf("No reception; %s", heard ? "an app listens" : listener);
    } else if (strcmp(mode, "route") == 0) {
        text = g_strdup_printf("On a route, %.0f of %.0f s; %s", number(reply, "played_s"),
                               number(reply, "length_s"), listener);
    } else {
        text = g_strdup_printf("%.0f satellites; %s", number(reply, "satellites"), listener);
    }
    gtk_label_set_text(position->state, text);
}

/* GtkEntry's focus is that of the GtkText in it. */
static gboolean is_edited(GtkWidget *entry)
{
    return (gtk_widget_get_state_flags(entry) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void show_fields(struct position *position, JsonObject *reply)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autofree char *text = number_text(number(reply, fields[i].member), fields[i].digits);
        if (!is_edited(position->field[i])) {
            gtk_editable_set_text(GTK_EDITABLE(position->field[i]), text);
        }
    }
}

static void show(gpointer data, JsonObject *reply)
{
    struct position *position = data;
    const char *mode = json_object_get_string_member_with_default(reply, "mode", "off");
    struct map_phone phone = {
        .there = strcmp(mode, "off") != 0,
        .lat = number(reply, "lat"),
        .lon = number(reply, "lon"),
        .speed = number(reply, "speed"),
        .course = number(reply, "course"),
    };
    gboolean moved = phone.lat != position->view.phone.lat || phone.lon != position->view.phone.lon;

    if (position->sender.busy) {
        return;
    }
    show_state(position, reply, mode);
    if (phone.there) {
        show_fields(position, reply);
    }
    map_view_show(&position->view, &phone, moved || !position->view.phone.there);
}

/* ---- What the user wants --------------------------------------------------------------------
 */

static void fix(struct position *position, const double *value)
{
    JsonObject *request = panel_request("geo", "action", "fix", NULL);

    for (unsigned i = 0; i < G_N_ELEMENTS(fields); i++) {
        json_object_set_double_member(request, fields[i].member, value[i]);
    }
    sender_send(&position->sender, request);
}

static gboolean read_field(struct position *position, unsigned i, double *value)
{
    const char *text = gtk_editable_get_text(GTK_EDITABLE(position->field[i]));

    *value = 0;
    /* A field that is empty is 0, but a place has both of its numbers. */
    return (i > LON && *text == '\0') || number_parse(text, fields[i].least, fields[i].most, value);
}

static void complain(struct position *position, unsigned i)
{
    g_auto(GStrv) words = g_strsplit(fields[i].label, "_", 2);
    g_autofree char *text = g_strdup_printf("%s%s: a number from %g to %g", words[0], words[1],
                                            fields[i].least, fields[i].most);

    panel_complain(position->sender.panel, text);
    gtk_widget_grab_focus(position->field[i]);
}

static void on_set(GtkWidget *widget G_GNUC_UNUSED, gpointer data)
{
    struct position *position = data;
    double value[G_N_ELEMENTS(fields)];

    for (unsigned i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (!read_field(position, i, &value[i])) {
            complain(position, i);
            return;
        }
    }
    fix(position, value);
}

/* It stands there, as high as it was. */
static void on_chosen(gpointer data, double lat, double lon)
{
    struct position *position = data;
    double value[G_N_ELEMENTS(fields)] = {[LAT] = lat, [LON] = lon};

    read_field(position, ALT, &value[ALT]);
    fix(position, value);
}

static void on_route(gpointer data, const char *path)
{
    struct position *position = data;

    sender_send(&position->sender, panel_request("geo", "action", "route", "file", path, NULL));
}

static void on_play(GtkButton *button G_GNUC_UNUSED, gpointer data)
{
    static const char *const globs[] = {"*.gpx", "*.GPX", "*.kml", "*.KML", NULL};
    static const struct files_question question = {"Play a route", "GPX and KML files", globs,
                                                   NULL};
    struct position *position = data;

    files_ask(panel_window(position->sender.panel), &question, on_route, position);
}

static void on_off(GtkButton *button G_GNUC_UNUSED, gpointer data)
{
    struct position *position = data;

    sender_send(&position->sender, panel_request("geo", "action", "off", NULL));
}

/* ---- The page -------------------------------------------------------------------------------
 */

/* Fields side by side, each below its name. */
static GtkWidget *make_fields(struct position *position)
{
    GtkWidget *grid = gtk_grid_new();

    gtk_grid_set_column_spacing(GTK_GRID(grid), 10);
    gtk_grid_set_row_spacing(GTK_GRID(grid), 4);
    gtk_grid_set_column_homogeneous(GTK_GRID(grid), TRUE);
    for (unsigned i = 0; i < G_N_ELEMENTS(fields); i++) {
        GtkWidget *label = gtk_label_new_with_mnemonic(fields[i].label), *entry = gtk_entry_new();
        gtk_label_set_xalign(GTK_LABEL(label), 0);
        gtk_label_set_mnemonic_widget(GTK_LABEL(label), entry);
        gtk_editable_set_width_chars(GTK_EDITABLE(entry), 8);
        gtk_entry_set_input_purpose(GTK_ENTRY(entry), GTK_INPUT_PURPOSE_NUMBER);
        g_signal_connect(entry, "activate", G_CALLBACK(on_set), position);
        gtk_grid_attach(GTK_GRID(grid), label, (int)i, 0, 1, 1);
        gtk_grid_attach(GTK_GRID(grid), entry, (int)i, 1, 1, 1);
        position->field[i] = entry;
    }
    return grid;
}

static GtkWidget *make_buttons(struct position *position)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8), *state = gtk_label_new("");

    gtk_widget_add_css_class(state, "value");
    gtk_label_set_xalign(GTK_LABEL(state), 0);
    gtk_label_set_wrap(GTK_LABEL(state), TRUE);
    gtk_widget_set_hexpand(state, TRUE);
    position->state = GTK_LABEL(state);
    gtk_box_append(GTK_BOX(box), state);
    gtk_box_append(GTK_BOX(box), rows_button("No _reception", G_CALLBACK(on_off), position));
    gtk_box_append(GTK_BOX(box), rows_button("_Play a route…", G_CALLBACK(on_play), position));
    gtk_box_append(GTK_BOX(box), rows_button("_Set", G_CALLBACK(on_set), position));
    return box;
}

static GtkWidget *make(struct panel *panel, gpointer *self)
{
    struct position *position = g_new0(struct position, 1);
    GtkWidget *column, *page = rows_page(&column), *group;

    position->sender = (struct sender){.panel = panel, .done = show, .data = position};
    map_view_init(&position->view, on_chosen, position);
    gtk_box_append(GTK_BOX(column), position->view.widget);
    group = rows_group(column, NULL);
    rows_add_wide(group, make_fields(position));
    rows_add_wide(group, make_buttons(position));
    *self = position;
    return page;
}

static void refresh(gpointer self)
{
    struct position *position = self;

    panel_ask(position->sender.panel, panel_request("geo", NULL), show, position);
}

const struct page_kind page_position = {
    .name = "position",
    .title = "Position",
    .make = make,
    .refresh = refresh,
};
