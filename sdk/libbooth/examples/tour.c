/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libbooth in one file: finds a running phone, uses it with calls that wait, then with calls and
 * events in a main loop.
 *
 *     cc tour.c -o tour $(pkg-config --cflags --libs libbooth)
 *     ./tour [NAME]
 */
#include <booth/booth.h>
#include <stdio.h>
#include <stdlib.h>

struct tour {
    GMainLoop *loop;
    gboolean shown; /* the event has come */
};

static void end_with(const GError *error)
{
    fprintf(stderr, "tour: %s\n", error->message);
    exit(1);
}

/* Calls that wait: each returns when the phone has done it. */
static void look_around(BoothPhone *phone)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) status = booth_phone_status(phone, NULL, NULL, &error);

    if (status == NULL) {
        end_with(error);
    }
    printf("%s is %s\n", json_object_get_string_member(status, "name"),
           json_object_get_string_member(status, "machine"));

    /* What a verb needs are parameters; what it can do without goes into an object. */
    g_autoptr(JsonObject) options = json_object_new();
    json_object_set_int_member(options, "hold_ms", 20);
    g_autoptr(JsonObject) tapped = booth_phone_tap(phone, 360, 700, options, NULL, &error);
    if (tapped == NULL) {
        end_with(error);
    }

    /* Errors have codes. */
    g_autoptr(JsonObject) none = booth_phone_switch(phone, "nobody", NULL, NULL, &error);
    if (none == NULL && g_error_matches(error, BOOTH_ERROR, BOOTH_ERROR_NO_VM)) {
        printf("refused: %s\n", error->message);
    }
}

static void on_front(BoothPhone *phone, JsonObject *event, gpointer data)
{
    struct tour *tour = data;

    (void)phone;
    printf("event: %s is in front\n", json_object_get_string_member(event, "vm"));
    tour->shown = TRUE;
}

static void on_closed(BoothPhone *phone, const GError *why, gpointer data)
{
    (void)phone;
    (void)data;
    end_with(why);
}

static void on_switched(GObject *phone, GAsyncResult *result, gpointer data)
{
    struct tour *tour = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) reply = booth_phone_call_finish(BOOTH_PHONE(phone), result, &error);

    if (reply == NULL) {
        end_with(error);
    }
    printf("shown after %d us\n", (int)json_object_get_int_member(reply, "us"));
    g_main_loop_quit(tour->loop);
}

/* Calls that do not wait, and events: both come from the main loop. */
static void switch_persona(BoothPhone *phone, struct tour *tour)
{
    g_autoptr(JsonObject) subscribed = booth_phone_subscribe(phone, NULL, NULL, NULL);

    g_signal_connect(phone, "event::front", G_CALLBACK(on_front), tour);
    g_signal_connect(phone, "closed", G_CALLBACK(on_closed), NULL);
    booth_phone_switch_async(phone, "next", NULL, NULL, on_switched, tour);
    g_main_loop_run(tour->loop);
    while (!tour->shown) {
        g_main_context_iteration(NULL, TRUE);
    }
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct tour tour = {.loop = g_main_loop_new(NULL, FALSE)};
    g_autoptr(BoothPhone) phone = booth_phone_open(argc > 1 ? argv[1] : NULL, NULL, &error);

    if (phone == NULL) {
        end_with(error);
    }
    look_around(phone);
    switch_persona(phone, &tour);
    g_main_loop_unref(tour.loop);
    return 0;
}
