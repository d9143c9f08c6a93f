/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "input/fingers.h"

int fingers_find(const struct fingers *fingers, const void *source, int64_t id)
{
    for (int i = 0; i < PANEL_SLOTS; i++) {
        if (fingers->slot[i].source == source && fingers->slot[i].id == id) {
            return i;
        }
    }
    return -1;
}

int fingers_take(struct fingers *fingers, const void *source, int64_t id)
{
    for (int i = 0; i < PANEL_SLOTS; i++) {
        if (!fingers->slot[i].source) {
            fingers->slot[i] = (struct finger){.source = source, .id = id};
            return i;
        }
    }
    return -1;
}
