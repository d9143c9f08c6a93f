/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/toolbar.h"

#define ITEM 44 /* desktop pixels: size of a button, their distance, the space between groups */
#define STEP 52
#define GAP  20

static void add(struct toolbar *toolbar, enum tool tool, unsigned persona, double *y, double unit)
{
    struct tool_item *item = &toolbar->item[toolbar->count++];
    int margin = (int)((TOOLBAR_WIDTH - ITEM) / 2 * unit);

    item->tool = tool;
    item->persona = persona;
    item->place =
        (struct rect){toolbar->strip.x + margin, (int)*y, (int)(ITEM * unit), (int)(ITEM * unit)};
    *y += STEP * unit;
}

void toolbar_layout(struct toolbar *toolbar, const struct ui_state *state, int w, int h,
                    double unit)
{
    static const enum tool handset_tools[] = {TOOL_POWER, TOOL_VOLUME_UP, TOOL_VOLUME_DOWN};
    static const enum tool view_tools[] = {TOOL_ROTATE, TOOL_SHOT};
    int width = (int)(TOOLBAR_WIDTH * unit);
    double y = GAP * unit;

    *toolbar = (struct toolbar){.strip = {w - width, 0, width, h}};
    for (unsigned i = 0; i < MIN(state->persona_count, UI_MAX_PERSONAS); i++) {
        add(toolbar, TOOL_PERSONA, i, &y, unit);
    }
    if (state->persona_count > 1) {
        add(toolbar, TOOL_SIDE, 0, &y, unit);
    }
    y += state->persona_count > 0 ? GAP * unit : 0;
    for (unsigned i = 0; i < G_N_ELEMENTS(handset_tools); i++) {
        add(toolbar, handset_tools[i], 0, &y, unit);
    }
    y += GAP * unit;
    for (unsigned i = 0; i < G_N_ELEMENTS(view_tools); i++) {
        add(toolbar, view_tools[i], 0, &y, unit);
    }
}

int toolbar_at(const struct toolbar *toolbar, double x, double y)
{
    for (unsigned i = 0; i < toolbar->count; i++) {
        struct rect r = toolbar->item[i].place;
        if (x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h) {
            return (int)i;
        }
    }
    return -1;
}
