/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A front end shows the phone and takes input for it: the window, nothing at all (headless), later
 * a browser. Each is a struct of operations; the rest of the emulator knows no more of them.
 *
 * Threads: run() owns the main thread. frame(), state() and stop() come from other threads at any
 * time between start() and finish(); they only note what happened and wake run(). Front ends never
 * take QEMU's lock: input goes out through machine/panel.h and phone/post.h, which return at once.
 */
#ifndef FRONTENDS_FRONTEND_H
#define FRONTENDS_FRONTEND_H

#include "screen/shadow.h"

#define UI_MAX_PERSONAS 8

struct ui_persona {
    char name[16];
    char display[48];
    uint32_t colour; /* 0x00RRGGBB */
    bool front;
};

/* What a front end may show besides the screen. */
struct ui_state {
    char headline[160]; /* what is going on, for the title */
    unsigned progress;  /* 0..100 */
    bool ready;         /* all home screens are up */
    bool side;          /* both personas side by side */
    bool display_on;
    bool paused;
    unsigned persona_count;
    struct ui_persona persona[UI_MAX_PERSONAS];
};

struct frontend;

struct frontend_ops {
    const char *name;
    /* How often it wants frame() at most. Composing the screen costs; a picture on request is
     * always of that moment. */
    unsigned refresh_ms;
    /* Main thread, before the machine exists. False and `error`: it cannot work here. */
    bool (*start)(struct frontend *self, GError **error);
    /* Main thread: returns after stop(), or when the user closed it. */
    void (*run)(struct frontend *self);
    /* A part of the screen changed; the shadow has it already. */
    void (*frame)(struct frontend *self, struct rect dirty);
    /* frontend_state() has something new. */
    void (*state)(struct frontend *self);
    /* Makes run() return, now or as soon as it is called. */
    void (*stop)(struct frontend *self);
    /* Main thread, last: gives everything back. */
    void (*finish)(struct frontend *self);
};

struct frontend {
    const struct frontend_ops *ops;
    struct shadow *shadow;
    const char *skin_dir; /* folder of the handset's skin */
};

/* The two that there are. */
struct frontend *frontend_headless_new(struct shadow *shadow);
struct frontend *frontend_window_new(struct shadow *shadow, const char *skin_dir);

/* The front end that the others' calls below go to; NULL: none. Main thread, before the machine. */
void frontend_set(struct frontend *frontend);

/* From any thread. */
void frontend_frame(struct rect dirty);
void frontend_stop(void);
void frontend_publish(const struct ui_state *state);
void frontend_state(struct ui_state *state);

#endif
