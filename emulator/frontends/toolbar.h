/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The strip of buttons beside the phone: what is in it and where. Pure; drawn in toolbar_draw.c. */
#ifndef FRONTENDS_TOOLBAR_H
#define FRONTENDS_TOOLBAR_H

#include "frontends/frontend.h"

enum tool {
    TOOL_PERSONA, /* item.persona */
    TOOL_SIDE,
    TOOL_POWER,
    TOOL_VOLUME_UP,
    TOOL_VOLUME_DOWN,
    TOOL_ROTATE,
    TOOL_SHOT,
};

struct tool_item {
    enum tool tool;
    unsigned persona;  /* index into ui_state.persona */
    struct rect place; /* window pixels */
};

#define TOOLBAR_MAX   (UI_MAX_PERSONAS + 6)
#define TOOLBAR_WIDTH 64 /* of the strip, desktop pixels */

struct toolbar {
    struct rect strip;
    unsigned count;
    struct tool_item item[TOOLBAR_MAX];
};

/* Lays it out at the right edge of a window of w x h, `unit` window pixels per desktop pixel. */
void toolbar_layout(struct toolbar *toolbar, const struct ui_state *state, int w, int h,
                    double unit);

/* The item at a point of the window; -1: none. */
int toolbar_at(const struct toolbar *toolbar, double x, double y);

#endif
