/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "input/fingers.h"

static int find(const struct fingers *fingers, int64_t id)
{
    for (int i = 0; i < PANEL_SLOTS; i++) {
        if (fingers->slot[i].down && fingers->slot[i].id == id) {
            return i;
        }
    }
    return -1;
}

int fingers_down(struct fingers *fingers, int64_t id, int x, int y)
{
    int slot = 0;

    if (find(fingers, id) >= 0) {
        return -1;
    }
    while (slot < PANEL_SLOTS && fingers->slot[slot].down) {
        slot++;
    }
    if (slot == PANEL_SLOTS) {
        return -1;
    }
    fingers->slot[slot].down = true;
    fingers->slot[slot].id = id;
    fingers->slot[slot].x = x;
    fingers->slot[slot].y = y;
    return slot;
}

int fingers_move(struct fingers *fingers, int64_t id, int x, int y)
{
    int slot = find(fingers, id);

    if (slot < 0 || (fingers->slot[slot].x == x && fingers->slot[slot].y == y)) {
        return -1;
    }
    fingers->slot[slot].x = x;
    fingers->slot[slot].y = y;
    return slot;
}

int fingers_up(struct fingers *fingers, int64_t id)
{
    int slot = find(fingers, id);

    if (slot >= 0) {
        fingers->slot[slot].down = false;
    }
    return slot;
}
