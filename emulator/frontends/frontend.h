/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A front end shows the phone and takes input for it: a window, nothing at all (headless), later a
 * recorder, a browser's page. Each is a struct of operations; several work at a time
 * (frontends/set.h). What it shows it gets as a sink of the screen and a watch of the summary, what
 * a user does goes out through an input source of its own.
 *
 * Threads: start(), run() and finish() belong to the main thread. stop() comes from other threads
 * at any time between start() and finish(). Front ends never take QEMU's lock.
 */
#ifndef FRONTENDS_FRONTEND_H
#define FRONTENDS_FRONTEND_H

#include "input/input.h"
#include "phone/phone.h"
#include "screen/screen.h"

/* What all front ends work with. */
struct frontend_phone {
    struct screen *screen;
    struct input *input;
    struct phone *phone;
    const char *control; /* path of the control socket, for programs that a front end starts */
};

enum frontend_end {
    FRONTEND_CLOSED, /* stop() was called, perhaps because the user closed it: the phone ends */
    FRONTEND_LOST,   /* what it shows on is gone (its display server): the phone goes on */
};

struct frontend;

struct frontend_ops {
    const char *name;
    /* False and `error`: it cannot work here; finish() follows. */
    bool (*start)(struct frontend *self, GError **error);
    /* Returns when it ends. NULL: it does not need the main thread and ends with the phone. */
    enum frontend_end (*run)(struct frontend *self);
    /* Makes run() return, now or as soon as it is called. */
    void (*stop)(struct frontend *self);
    /* Lets go of its keys and fingers and gives everything back, `self` too. */
    void (*finish)(struct frontend *self);
};

struct frontend {
    const struct frontend_ops *ops;
    struct frontend_phone host;
};

struct frontend *frontend_headless_new(void);

/* `skin_dir`: folder of the handset's skin, copied. */
struct frontend *frontend_window_new(const struct frontend_phone *host, const char *skin_dir);

#endif
