/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The strip of buttons beside the phone: what is in it and where. Pure; drawn in window_draw.c. */
#ifndef FRONTENDS_TOOLBAR_H
#define FRONTENDS_TOOLBAR_H

#include "phone/summary.h"
#include "screen/shadow.h"

enum tool {
    TOOL_PERSONA, /* item.persona */
    TOOL_SIDE,
    TOOL_POWER,
    TOOL_VOLUME_UP,
    TOOL_VOLUME_DOWN,
    TOOL_ROTATE,
    TOOL_SHOT,
    TOOL_PANEL,
};

struct tool_item {
    enum tool tool;
    unsigned persona;  /* index into summary.persona */
    struct rect place; /* window pixels */
};

#define TOOLBAR_MAX   (SUMMARY_PERSONAS + 7)
#define TOOLBAR_WIDTH 64 /* of a strip with one column at its full size, desktop pixels */

struct toolbar {
    struct rect strip;
    unsigned count;
    struct tool_item item[TOOLBAR_MAX];
};

/*
 * Lays it out at the right edge of a window of w x h, `unit` window pixels per desktop pixel. In a
 * window that is too low for it the buttons move together, become smaller, and at last stand in
 * several columns: all of them stay inside a window of 240 x 320 desktop pixels or more.
 */
void toolbar_layout(struct toolbar *toolbar, const struct summary *summary, int w, int h,
                    double unit);

/* The item at a point of the window; -1: none. */
int toolbar_at(const struct toolbar *toolbar, double x, double y);

#endif
