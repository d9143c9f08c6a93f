/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/toolbar.h"

/* Desktop pixels: distance of two buttons, at least and at most; what of it is space between them;
 * space between groups. */
#define STEP_MIN 35
#define STEP_MAX 52
#define SPACE    8
#define GAP      20
#define MARGIN   (TOOLBAR_WIDTH - STEP_MAX) /* of a column, left and right of its buttons */

/* How the buttons stand, desktop pixels. */
struct grid {
    unsigned rows; /* of a column */
    int step;
    int gap; /* between groups */
    int top; /* of the first button */
};

static void add(struct toolbar *toolbar, enum tool tool, unsigned persona)
{
    toolbar->item[toolbar->count++] = (struct tool_item){.tool = tool, .persona = persona};
}

static void add_tools(struct toolbar *toolbar, const enum tool *tools, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        add(toolbar, tools[i], 0);
    }
}

static void fill(struct toolbar *toolbar, const struct summary *summary)
{
    static const enum tool tools[] = {TOOL_POWER,  TOOL_VOLUME_UP, TOOL_VOLUME_DOWN,
                                      TOOL_ROTATE, TOOL_SHOT,      TOOL_PANEL};

    for (unsigned i = 0; i < MIN(summary->persona_count, SUMMARY_PERSONAS); i++) {
        add(toolbar, TOOL_PERSONA, i);
    }
    if (summary->persona_count > 1) {
        add(toolbar, TOOL_SIDE, 0);
    }
    add_tools(toolbar, tools, G_N_ELEMENTS(tools));
}

static struct grid choose_grid(unsigned count, int height)
{
    int gaps = 2 * GAP; /* before the keys of the handset, before those of the view */
    struct grid grid = {count, STEP_MAX, GAP, GAP};
    unsigned columns = 1;

    if (GAP + (int)count * STEP_MAX + gaps <= height) {
        return grid;
    }
    while (columns < count && (int)((count + columns - 1) / columns) * STEP_MIN > height) {
        columns++;
    }
    grid.rows = (count + columns - 1) / columns;
    grid.step = CLAMP(height / (int)grid.rows, 1, STEP_MAX);
    grid.gap = 0;
    grid.top = SPACE / 2;
    return grid;
}

static bool starts_group(enum tool tool)
{
    return tool == TOOL_POWER || tool == TOOL_ROTATE;
}

static void place(struct toolbar *toolbar, const struct grid *grid, double unit)
{
    int size = MAX(grid->step - SPACE, 1), y = grid->top;

    for (unsigned i = 0; i < toolbar->count; i++) {
        struct tool_item *item = &toolbar->item[i];
        int x = (int)(i / grid->rows) * (grid->step + MARGIN) + (MARGIN + SPACE) / 2;
        if (i % grid->rows == 0) {
            y = grid->top;
        }
        if (i > 0 && starts_group(item->tool)) {
            y += grid->gap;
        }
        item->place = (struct rect){toolbar->strip.x + (int)(x * unit), (int)(y * unit),
                                    (int)(size * unit), (int)(size * unit)};
        y += grid->step;
    }
}

void toolbar_layout(struct toolbar *toolbar, const struct summary *summary, int w, int h,
                    double unit)
{
    struct grid grid;
    unsigned columns;
    int width;

    *toolbar = (struct toolbar){.count = 0};
    fill(toolbar, summary);
    grid = choose_grid(toolbar->count, (int)(h / unit));
    columns = (toolbar->count + grid.rows - 1) / grid.rows;
    width = (int)((int)columns * (grid.step + MARGIN) * unit);
    toolbar->strip = (struct rect){w - width, 0, width, h};
    place(toolbar, &grid, unit);
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
