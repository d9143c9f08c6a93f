/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Motion: how the phone is held, a shake, and what is near and bright. */
#include <string.h>

#include "page.h"
#include "phone_view.h"
#include "readings.h"
#include "rows.h"
#include "shake.h"
#include "sender.h"

struct motion {
    struct panel *panel;
    struct phone_view view;
    struct readings readings; /* what the sensors say */
    struct sender gravity, field, rotation, light, proximity;
    struct pose before; /* the pose before the user turned it last */
    gint64 turned;      /* when that was, microseconds */
    guint rest;         /* timer: it turns until then; 0: it does not */
    struct shake shake;
    GtkWidget *brightness, *near;
    GtkLabel *value[READINGS];
};

/* A drag is felt in steps of this time, or longer ones; without a further one the phone rests. */
#define STEP_US 10000
#define REST_MS 120

/* Light is as the eye sees it: each step of the slider is a factor. */
#define LIGHT_DECADES 5.0

static void on_near(GtkSwitch *near, GParamSpec *spec, gpointer data);

static void show(struct motion *motion)
{
    struct pose pose = motion->view.pose;
    struct vector gravity, field;

    for (unsigned i = 0; i < READINGS; i++) {
        g_autofree char *text = readings_text(&motion->readings, i);
        gtk_label_set_text(motion->value[i], text);
    }
    if (readings_vector(&motion->readings, "accelerometer", &gravity) &&
        readings_vector(&motion->readings, "magnetometer", &field) && !motion->gravity.busy &&
        !motion->field.busy && !shake_runs(&motion->shake) && pose_from(gravity, field, &pose)) {
        phone_view_show(&motion->view, &pose);
        motion->before = motion->view.pose;
    }
    if (!motion->light.busy) {
        gtk_range_set_value(GTK_RANGE(motion->brightness),
                            readings_to_slider(readings_one(&motion->readings, "light")));
    }
    if (!motion->proximity.busy) {
        rows_show_switch(motion->near, readings_one(&motion->readings, "proximity") >= 0.5,
                         G_CALLBACK(on_near));
    }
}

/* ---- What the user does ---------------------------------------------------------------------
 */

static gboolean on_rest(gpointer data)
{
    struct motion *motion = data;

    motion->rest = 0;
    sender_send(&motion->rotation, readings_request("gyroscope", (struct vector){0, 0, 0}));
    return G_SOURCE_REMOVE;
}

/* Between two steps of a drag it turns evenly; a first one takes as long as it needs to rest. */
static void feel_rotation(struct motion *motion)
{
    gint64 now = g_get_monotonic_time();
    gint64 spent = CLAMP(now - motion->turned, STEP_US, REST_MS * 1000);

    if (motion->rest != 0) {
        g_source_remove(motion->rest);
    }
    motion->rest = g_timeout_add(REST_MS, on_rest, motion);
    sender_send(&motion->rotation,
                readings_request("gyroscope", pose_rate(&motion->before, &motion->view.pose,
                                                        (double)spent / G_USEC_PER_SEC)));
    motion->before = motion->view.pose;
    motion->turned = now;
}

static void on_turned(gpointer data)
{
    struct motion *motion = data;

    shake_stop(&motion->shake);
    feel_rotation(motion);
    sender_send(&motion->gravity,
                readings_request("accelerometer", pose_gravity(&motion->view.pose)));
    sender_send(&motion->field, readings_request("magnetometer", pose_field(&motion->view.pose)));
}

static void on_attitude(GtkButton *button, gpointer data)
{
    struct motion *motion = data;

    shake_stop(&motion->shake);
    panel_do(motion->panel,
             panel_request("rotate", "to", g_object_get_data(G_OBJECT(button), "to"), NULL), NULL,
             NULL);
}

static void shaken(gpointer data, struct vector by)
{
    struct motion *motion = data;
    struct vector pull = pose_gravity(&motion->view.pose);

    sender_send(&motion->gravity,
                readings_request("accelerometer",
                                 (struct vector){pull.x + by.x, pull.y + by.y, pull.z + by.z}));
}

static void on_shake(GtkButton *button G_GNUC_UNUSED, gpointer data)
{
    struct motion *motion = data;

    shake_start(&motion->shake);
}

static gboolean on_light(GtkRange *range G_GNUC_UNUSED, GtkScrollType scroll G_GNUC_UNUSED,
                         double value, gpointer data)
{
    struct motion *motion = data;

    sender_send(&motion->light, readings_request_one("light", readings_from_slider(value)));
    return FALSE;
}

static void on_near(GtkSwitch *near, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct motion *motion = data;

    sender_send(&motion->proximity,
                readings_request_one("proximity", gtk_switch_get_active(near) ? 1 : 0));
}

/* ---- The page -------------------------------------------------------------------------------
 */

static char *lux(GtkScale *scale G_GNUC_UNUSED, double value, gpointer data G_GNUC_UNUSED)
{
    return g_strdup_printf("%.0f lx", readings_from_slider(value));
}

static GtkWidget *make_attitudes(struct motion *motion)
{
    static const struct {
        const char *label, *to;
    } attitudes[] = {{"_Portrait", "portrait"},
                     {"L_eft", "left"},
                     {"_Right", "right"},
                     {"_Upside-down", "upside-down"}};
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

    for (unsigned i = 0; i < G_N_ELEMENTS(attitudes); i++) {
        GtkWidget *button = rows_button(attitudes[i].label, G_CALLBACK(on_attitude), motion);
        g_object_set_data(G_OBJECT(button), "to", (gpointer)attitudes[i].to);
        gtk_box_append(GTK_BOX(box), button);
    }
    gtk_box_append(GTK_BOX(box), gtk_separator_new(GTK_ORIENTATION_HORIZONTAL));
    gtk_box_append(GTK_BOX(box), rows_button("_Shake", G_CALLBACK(on_shake), motion));
    gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
    return box;
}

static GtkWidget *make_hand(struct motion *motion)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 16);

    phone_view_init(&motion->view, on_turned, motion);
    gtk_widget_set_hexpand(motion->view.widget, TRUE);
    gtk_box_append(GTK_BOX(box), motion->view.widget);
    gtk_box_append(GTK_BOX(box), make_attitudes(motion));
    return box;
}

static GtkWidget *make(struct panel *panel, gpointer *self)
{
    struct motion *motion = g_new0(struct motion, 1);
    GtkWidget *column, *page = rows_page(&column), *hand = rows_group(column, NULL);
    GtkWidget *around = rows_group(column, "Around the phone");
    GtkWidget *says = rows_group(column, "What the sensors say");

    motion->panel = panel;
    motion->gravity.panel = motion->field.panel = motion->rotation.panel = panel;
    motion->before = pose_upright();
    motion->light.panel = motion->proximity.panel = panel;
    shake_init(&motion->shake, shaken, motion);
    rows_add_wide(hand, make_hand(motion));
    motion->brightness = rows_slider(0, LIGHT_DECADES, 0.05, G_CALLBACK(on_light), motion);
    gtk_scale_set_format_value_func(GTK_SCALE(motion->brightness), lux, NULL, NULL);
    motion->near = rows_switch(G_CALLBACK(on_near), motion);
    rows_add(around, "_Light", motion->brightness);
    rows_add(around, "Something is _near", motion->near);
    for (unsigned i = 0; i < READINGS; i++) {
        motion->value[i] = rows_value(says, readings_title(i));
    }
    *self = motion;
    return page;
}

static void show_list(gpointer data, JsonObject *reply)
{
    struct motion *motion = data;

    readings_take_list(&motion->readings, reply);
    show(motion);
}

static void refresh(gpointer self)
{
    struct motion *motion = self;

    panel_ask(motion->panel, panel_request("sensor", NULL), show_list, motion);
}

static void event(gpointer self, const char *name, JsonObject *event)
{
    struct motion *motion = self;

    if (strcmp(name, "sensor") == 0) {
        readings_take(&motion->readings, event);
        show(motion);
    }
}

const struct page_kind page_motion = {
    .name = "motion",
    .title = "Motion",
    .make = make,
    .refresh = refresh,
    .event = event,
};
