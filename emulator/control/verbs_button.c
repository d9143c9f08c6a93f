/* SPDX-License-Identifier: GPL-2.0-or-later */
/* button, power: the keys of the handset's case. */
#include <string.h>

#include "control/session.h"
#include "control/verbs.h"
#include "phone/clock.h"

#define POWER_MS 120
#define LOOK_MS  20
#define POWER_S  10

static const char *const button_names[] = {
    [BUTTON_POWER] = "power",
    [BUTTON_VOLUME_UP] = "volume-up",
    [BUTTON_VOLUME_DOWN] = "volume-down",
};

struct press {
    struct request *request;
    enum button button;
};

static void let_go(struct request *request, enum button button)
{
    struct input_source *source = request_source(request);

    if (source) { /* else the client has gone, and with it what it held */
        input_button(source, button, false);
    }
}

static gboolean release(gpointer data)
{
    g_autofree struct press *press = data;

    let_go(press->request, press->button);
    request_ok(press->request, NULL);
    return G_SOURCE_REMOVE;
}

static void press_button(struct request *request, enum button button, unsigned ms)
{
    struct press *press;

    if (!request_accepted(request, input_button(request_source(request), button, true),
                          button_names[button])) {
        return;
    }
    press = g_new(struct press, 1);
    *press = (struct press){request, button};
    server_after(request->server, ms, release, press);
}

static void release_button(struct request *request, enum button button)
{
    enum input_result result = input_button(request->session->source, button, false);

    if (result == INPUT_NOT_HELD) {
        result = input_button(request->server->kept, button, false);
    }
    if (request_accepted(request, result, button_names[button])) {
        request_ok(request, NULL);
    }
}

static void hold_button(struct request *request, enum button button)
{
    if (request_accepted(request, input_button(request_source(request), button, true),
                         button_names[button])) {
        request_ok(request, NULL);
    }
}

static enum button requested_button(struct request *request)
{
    const char *name = args_string(request->args, "button", "");
    enum button button = BUTTON_POWER;

    while (strcmp(button_names[button], name) != 0) {
        button++; /* args_check() has seen that it is one of them */
    }
    return button;
}

void verb_button(struct request *request)
{
    const char *action = args_string(request->args, "action", "");
    enum button button = requested_button(request);

    if (strcmp(action, "press") == 0) {
        press_button(request, button, (unsigned)args_int(request->args, "hold_ms", 0));
    } else if (strcmp(action, "down") == 0) {
        hold_button(request, button);
    } else {
        release_button(request, button);
    }
}

/* The power key on its way: pressed, released, and then until the display has changed. */
struct power {
    struct request *request;
    bool was_on;
    gint64 until_us;
};

static gboolean look(gpointer data)
{
    struct power *power = data;
    struct phone *phone = power->request->server->config.phone;

    if (phone->display_on != power->was_on) {
        JsonObject *body = json_object_new();
        json_object_set_boolean_member(body, "display", phone->display_on);
        request_ok(power->request, body);
    } else if (clock_us() > power->until_us) {
        request_fail(power->request, "timeout", "the display is still %s",
                     power->was_on ? "on" : "off");
    } else {
        server_after(power->request->server, LOOK_MS, look, power);
        return G_SOURCE_REMOVE;
    }
    g_free(power);
    return G_SOURCE_REMOVE;
}

static gboolean release_power(gpointer data)
{
    struct power *power = data;

    let_go(power->request, BUTTON_POWER);
    return look(power);
}

void verb_power(struct request *request)
{
    struct power *power;

    if (!request_accepted(request, input_button(request_source(request), BUTTON_POWER, true),
                          button_names[BUTTON_POWER])) {
        return;
    }
    power = g_new(struct power, 1);
    *power = (struct power){request, request->server->config.phone->display_on,
                            clock_us() + POWER_S * G_USEC_PER_SEC};
    server_after(request->server, POWER_MS, release_power, power);
}
