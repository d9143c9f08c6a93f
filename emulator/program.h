/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The emulator program: what it consists of. main.c makes and connects the parts. */
#ifndef EMULATOR_PROGRAM_H
#define EMULATOR_PROGRAM_H

#include "control/server.h"
#include "frontends/set.h"
#include "options.h"
#include "phone/secrets.h"
#include "snapshot/snapshots.h"

struct program {
    struct options options;
    struct handset *handset;
    struct secrets secrets;
    char *runtime_dir, *log_dir, *control;
    struct screen screen;
    struct input *input;
    struct frontend_set *frontends;
    bool window; /* it had one when it started */
    struct phone *phone;
    struct snapshots snapshots;
    struct server *server;
    GMainLoop *phone_loop;
    GThread *phone_thread;
    gint conducted; /* conduct() is to return; atomic */
};

#endif
