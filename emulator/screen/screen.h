/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The board's screen and its viewers. The machine is the one source; sinks (a window, a recorder, a
 * browser's connection) come and go while it runs, any number at a time.
 */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include "screen/shadow.h"

#define SCREEN_IDLE_MS 1000u /* composed this often when there is no sink */

struct screen_sink {
    /* How often it wants frame() at most, ms. Composing the screen costs. */
    unsigned refresh_ms;
    /*
     * A part of the screen changed; the shadow has it already. On the machine's thread, with the
     * list of sinks locked: note it and return.
     */
    void (*frame)(void *opaque, struct rect dirty);
    void *opaque;
};

struct screen {
    struct shadow shadow;
    GMutex lock;      /* protects `sinks`; the shadow's lock is never taken inside */
    GPtrArray *sinks; /* of const struct screen_sink * */
};

void screen_init(struct screen *screen);
void screen_clear(struct screen *screen);

/*
 * From any thread. `sink` must stay until it is removed; its first frame() is the whole screen, if
 * there is one. Once screen_remove() has returned, frame() is not called any more.
 */
void screen_add(struct screen *screen, const struct screen_sink *sink);
void screen_remove(struct screen *screen, const struct screen_sink *sink);

/* Machine's thread: this part of the shadow is new. */
void screen_changed(struct screen *screen, struct rect dirty);

/* What the most demanding sink asks for, ms; SCREEN_IDLE_MS without one. From any thread. */
unsigned screen_refresh_ms(struct screen *screen);

#endif
