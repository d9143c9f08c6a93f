/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The phone at a glance, for front ends: what their titles and toolbars show besides the screen.
 * The phone's thread publishes it, any thread reads it.
 */
#ifndef PHONE_SUMMARY_H
#define PHONE_SUMMARY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "phone/attitude.h"

#define SUMMARY_PERSONAS 8

struct summary_persona {
    char name[16];
    char display[48];
    uint32_t colour; /* 0x00RRGGBB */
    bool front;
};

struct summary {
    char headline[160]; /* what is going on, UTF-8 */
    unsigned progress;  /* 0..100 */
    bool ready;         /* all home screens are up */
    bool side;          /* both personas side by side */
    bool display_on;
    enum attitude attitude; /* which way up the phone is held */
    bool paused;            /* the machine stands still */
    unsigned persona_count;
    struct summary_persona persona[SUMMARY_PERSONAS];
};

struct summary_watch {
    /* Something changed. On the phone's thread, with the feed locked: note it and return. */
    void (*changed)(void *opaque);
    void *opaque;
};

struct summary_feed {
    GMutex lock; /* protects all below */
    struct summary summary;
    GPtrArray *watches; /* of const struct summary_watch * */
};

/* Before the first summary: "starting", display on, no personas. */
void summary_feed_init(struct summary_feed *feed);
void summary_feed_clear(struct summary_feed *feed);

void summary_publish(struct summary_feed *feed, const struct summary *summary);
void summary_read(struct summary_feed *feed, struct summary *summary);

/* `watch` must stay until it is removed; after summary_unwatch() changed() is not called. */
void summary_watch(struct summary_feed *feed, const struct summary_watch *watch);
void summary_unwatch(struct summary_feed *feed, const struct summary_watch *watch);

#endif
