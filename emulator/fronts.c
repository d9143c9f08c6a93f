/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fronts.h"

#include <string.h>

#include "frontends/microphone.h"
#include "frontends/skin.h"
#include "frontends/speaker.h"
#include "input/watched.h"
#include "phone/post.h"

static void send_key(void *opaque, int code, int value, input_reply_fn *reply, void *reply_opaque)
{
    struct program *program = opaque;

    post_request(program->phone, reply, reply_opaque, "key %d %d", code, value);
}

/* A computer without sound is no error. */
static void start_speaker(struct program *program)
{
    const char *driver = program->options.audio;
    g_autoptr(GError) error = NULL;

    microphone_init(driver);
    if (driver ? strcmp(driver, "none") == 0 : program->options.headless) {
        return;
    }
    if (!frontend_set_add(program->frontends, frontend_speaker_new(driver), &error)) {
        g_printerr("phonebooth: no sound on this computer (%s): going on without\n",
                   error->message);
    }
}

void fronts_start(struct program *program)
{
    struct input_target target = {panel_touch, panel_button, send_key, program};
    struct frontend_phone host;
    g_autofree char *skin = skin_find(program->handset->skin);
    g_autoptr(GError) error = NULL;

    target = watched_target(&target);
    program->input = input_new(&target);
    program->snapshots.config.phone = program->phone;
    program->snapshots.config.input = program->input;
    program->snapshots.config.screen = &program->screen;
    program->frontends = frontend_set_new();
    host =
        (struct frontend_phone){&program->screen, program->input, program->phone, program->control};
    start_speaker(program);
    if (program->options.headless) {
        return;
    }
    program->window =
        frontend_set_add(program->frontends, frontend_window_new(&host, skin), &error);
    if (!program->window) {
        g_printerr("phonebooth: no window (%s): going on without one\n", error->message);
    }
}
