/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Camera: what each of them sees. */
#include <string.h>

#include "files.h"
#include "lamp.h"
#include "page.h"
#include "rows.h"
#include "sender.h"

#define CAMERAS 2

struct camera {
    struct sender sender;
    const char *name; /* as the API has it */
    GtkLabel *sees;
    GtkWidget *used;
};

struct cameras {
    struct panel *panel;
    struct camera of[CAMERAS];
};

static struct camera *find(struct cameras *cameras, const char *name)
{
    for (unsigned i = 0; i < CAMERAS; i++) {
        if (strcmp(cameras->of[i].name, name) == 0) {
            return &cameras->of[i];
        }
    }
    return NULL;
}

static const char *source_text(const char *source)
{
    return strcmp(source, "pattern") == 0 ? "a test pattern"
           : strcmp(source, "off") == 0   ? "nothing, it is covered"
                                          : source;
}

static void show_one(struct cameras *cameras, JsonObject *said)
{
    struct camera *camera =
        find(cameras, json_object_get_string_member_with_default(said, "name", ""));
    const char *source = json_object_get_string_member_with_default(said, "source", "");
    const char *file = json_object_get_string_member_with_default(said, "file", NULL);

    if (camera != NULL) {
        gtk_label_set_text(camera->sees, file ? file : source_text(source));
        lamp_show(camera->used, 0x30d158,
                  json_object_get_boolean_member_with_default(said, "on", FALSE));
    }
}

static void show(gpointer data, JsonObject *reply)
{
    JsonNode *node = json_object_get_member(reply, "cameras");
    JsonArray *all = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;

    for (guint i = 0; all && i < json_array_get_length(all); i++) {
        JsonNode *element = json_array_get_element(all, i);
        if (JSON_NODE_HOLDS_OBJECT(element)) {
            show_one(data, json_node_get_object(element));
        }
    }
}

static void on_source(GtkButton *button, gpointer data)
{
    struct camera *camera = data;

    sender_send(&camera->sender,
                panel_request("camera", "camera", camera->name, "source",
                              g_object_get_data(G_OBJECT(button), "source"), NULL));
}

static void on_chosen(gpointer data, const char *path)
{
    struct camera *camera = data;

    sender_send(&camera->sender, panel_request("camera", "camera", camera->name, "source", "file",
                                               "file", path, NULL));
}

static void on_file(GtkButton *button G_GNUC_UNUSED, gpointer data)
{
    static const char *const globs[] = {"*.png", "*.PNG", "*.jpg", "*.JPG",  "*.jpeg",
                                        "*.gif", "*.GIF", "*.y4m", "video*", NULL};
    static const struct files_question question = {"Before the camera", "Pictures and videos",
                                                   globs, NULL};
    struct camera *camera = data;

    files_ask(panel_window(camera->sender.panel), &question, on_chosen, camera);
}

static GtkWidget *source_button(struct camera *camera, const char *label, const char *source)
{
    GtkWidget *button = rows_button(label, G_CALLBACK(on_source), camera);

    g_object_set_data(G_OBJECT(button), "source", (gpointer)source);
    return button;
}

static void make_one(struct camera *camera, GtkWidget *column, const char *heading)
{
    GtkWidget *group = rows_group(column, heading);
    GtkWidget *buttons = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

    gtk_widget_set_halign(buttons, GTK_ALIGN_END);
    gtk_box_append(GTK_BOX(buttons), source_button(camera, "Test pattern", "pattern"));
    gtk_box_append(GTK_BOX(buttons), source_button(camera, "Cover it", "off"));
    gtk_box_append(GTK_BOX(buttons), rows_button("Picture or video…", G_CALLBACK(on_file), camera));
    camera->used = lamp_new();
    gtk_widget_set_halign(camera->used, GTK_ALIGN_END);
    camera->sees = rows_value(group, "Sees");
    rows_add_wide(group, buttons);
    rows_add(group, "A persona looks through it", camera->used);
}

static GtkWidget *make(struct panel *panel, gpointer *self)
{
    static const char *const names[CAMERAS] = {"front", "back"};
    static const char *const headings[CAMERAS] = {"Front camera", "Back camera"};
    struct cameras *cameras = g_new0(struct cameras, 1);
    GtkWidget *column, *page = rows_page(&column);

    cameras->panel = panel;
    for (unsigned i = 0; i < CAMERAS; i++) {
        cameras->of[i].name = names[i];
        cameras->of[i].sender = (struct sender){.panel = panel, .done = show, .data = cameras};
        make_one(&cameras->of[i], column, headings[i]);
    }
    *self = cameras;
    return page;
}

static void refresh(gpointer self)
{
    struct cameras *cameras = self;

    panel_ask(cameras->panel, panel_request("camera", NULL), show, cameras);
}

static void event(gpointer self, const char *name, JsonObject *event)
{
    if (strcmp(name, "camera") == 0) {
        show(self, event);
    }
}

const struct page_kind page_camera = {
    .name = "camera",
    .title = "Camera",
    .make = make,
    .refresh = refresh,
    .event = event,
};
