/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Battery: level and charger, and what the gauge says. */
#include <string.h>

#include "battery_view.h"
#include "page.h"
#include "rows.h"
#include "sender.h"

struct battery {
    struct sender sender;
    struct battery_look look;
    GtkWidget *view, *level, *charger, *speed;
    GtkLabel *state, *temperature, *voltage, *current, *remaining;
};

static void on_charger(GtkSwitch *charger, GParamSpec *spec, gpointer data);
static void on_speed(GtkSpinButton *speed, gpointer data);

static const char *state_text(const char *state)
{
    static const struct {
        const char *word, *text;
    } states[] = {
        {"charging", "charging"},
        {"discharging", "discharging"},
        {"full", "full, charger plugged in"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(states); i++) {
        if (strcmp(states[i].word, state) == 0) {
            return states[i].text;
        }
    }
    return state;
}

static double number(JsonObject *reply, const char *member)
{
    return json_object_get_double_member_with_default(reply, member, 0);
}

static void print(GtkLabel *label, const char *format, double value)
{
    char text[64];

    g_snprintf(text, sizeof(text), format, value);
    gtk_label_set_text(label, text);
}

static void show_speed(struct battery *battery, double speed)
{
    g_signal_handlers_block_by_func(battery->speed, (gpointer)on_speed, battery);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(battery->speed), speed);
    g_signal_handlers_unblock_by_func(battery->speed, (gpointer)on_speed, battery);
}

static void show(gpointer data, JsonObject *reply)
{
    struct battery *battery = data;
    const char *state = json_object_get_string_member_with_default(reply, "state", "");

    if (battery->sender.busy) {
        return; /* what the user wants is newer */
    }
    battery->look.level = number(reply, "level");
    battery->look.charging = strcmp(state, "charging") == 0;
    gtk_widget_queue_draw(battery->view);
    gtk_range_set_value(GTK_RANGE(battery->level), number(reply, "level"));
    rows_show_switch(battery->charger,
                     json_object_get_boolean_member_with_default(reply, "charger", FALSE),
                     G_CALLBACK(on_charger));
    show_speed(battery, number(reply, "speed"));
    gtk_label_set_text(battery->state, state_text(state));
    print(battery->temperature, "%.1f °C", number(reply, "temperature_c"));
    print(battery->voltage, "%.3f V", number(reply, "voltage_mv") / 1000);
    print(battery->current, "%+.0f mA", number(reply, "current_ma"));
    print(battery->remaining, "%.0f mAh", number(reply, "remaining_mah"));
}

static gboolean on_level(GtkRange *range G_GNUC_UNUSED, GtkScrollType scroll G_GNUC_UNUSED,
                         double value, gpointer data)
{
    struct battery *battery = data;
    JsonObject *request = panel_request("battery", "action", "set", NULL);

    json_object_set_int_member(request, "level", (gint64)(CLAMP(value, 0, 100) + 0.5));
    sender_send(&battery->sender, request);
    return FALSE;
}

static void on_charger(GtkSwitch *charger, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct battery *battery = data;
    JsonObject *request = panel_request("battery", "action", "set", NULL);

    json_object_set_boolean_member(request, "charger", gtk_switch_get_active(charger));
    sender_send(&battery->sender, request);
}

static void on_speed(GtkSpinButton *speed, gpointer data)
{
    struct battery *battery = data;
    JsonObject *request = panel_request("battery", "action", "set", NULL);

    json_object_set_int_member(request, "speed", gtk_spin_button_get_value_as_int(speed));
    sender_send(&battery->sender, request);
}

static char *percent(GtkScale *scale G_GNUC_UNUSED, double value, gpointer data G_GNUC_UNUSED)
{
    return g_strdup_printf("%.0f %%", value);
}

static GtkWidget *make(struct panel *panel, gpointer *self)
{
    struct battery *battery = g_new0(struct battery, 1);
    GtkWidget *column, *page = rows_page(&column);
    GtkWidget *set = rows_group(column, NULL), *gauge = rows_group(column, "What the gauge says");

    battery->sender = (struct sender){.panel = panel, .done = show, .data = battery};
    battery->view = battery_view_new(&battery->look);
    battery->level = rows_slider(0, 100, 1, G_CALLBACK(on_level), battery);
    gtk_scale_set_format_value_func(GTK_SCALE(battery->level), percent, NULL, NULL);
    battery->charger = rows_switch(G_CALLBACK(on_charger), battery);
    battery->speed = gtk_spin_button_new_with_range(1, 3600, 1);
    gtk_widget_set_halign(battery->speed, GTK_ALIGN_END);
    gtk_widget_set_tooltip_text(battery->speed,
                                "Seconds that pass for the battery in one of the phone's");
    g_signal_connect(battery->speed, "value-changed", G_CALLBACK(on_speed), battery);
    rows_add_wide(set, battery->view);
    rows_add(set, "_Level", battery->level);
    rows_add(set, "_Charger plugged in", battery->charger);
    rows_add(set, "_Speed of time", battery->speed);
    battery->state = rows_value(gauge, "State");
    battery->temperature = rows_value(gauge, "Temperature");
    battery->voltage = rows_value(gauge, "Voltage");
    battery->current = rows_value(gauge, "Current into it");
    battery->remaining = rows_value(gauge, "Charge left");
    *self = battery;
    return page;
}

static void refresh(gpointer self)
{
    struct battery *battery = self;

    panel_ask(battery->sender.panel, panel_request("battery", NULL), show, battery);
}

static void event(gpointer self, const char *name, JsonObject *event)
{
    if (strcmp(name, "battery") == 0) {
        show(self, event);
    }
}

const struct page_kind page_battery = {
    .name = "battery",
    .title = "Battery",
    .make = make,
    .refresh = refresh,
    .event = event,
};
