/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Somebody looks on at what reaches the phone, whoever has pressed it. There is one phone. */
#ifndef INPUT_WATCHED_H
#define INPUT_WATCHED_H

#include "input/input.h"

enum watched_kind { WATCHED_TOUCH, WATCHED_BUTTON, WATCHED_KEY };

struct watched {
    enum watched_kind kind;
    unsigned slot;         /* touch */
    enum touch_type type;  /* of it */
    struct input_point at; /* of it, not with TOUCH_UP */
    enum button button;    /* button */
    int code, value;       /* key; value: button, too: 0 up, 1 down, 2 repeated */
};

/* A target that passes everything on to `target`, which is copied. Once. */
struct input_target watched_target(const struct input_target *target);

/*
 * From now on fn() is told first; NULL: nobody is. From whichever thread the input comes, with the
 * input's lock held: it must return at once.
 */
typedef void watched_fn(void *opaque, const struct watched *what);
void watched_listen(watched_fn *fn, void *opaque);

#endif
