/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/frontend.h"

static struct frontend *current;
static GMutex state_lock;
static struct ui_state current_state = {.headline = "starting", .display_on = true};

void frontend_set(struct frontend *frontend)
{
    current = frontend;
}

void frontend_frame(struct rect dirty)
{
    if (current) {
        current->ops->frame(current, dirty);
    }
}

void frontend_stop(void)
{
    if (current) {
        current->ops->stop(current);
    }
}

void frontend_publish(const struct ui_state *state)
{
    g_mutex_lock(&state_lock);
    current_state = *state;
    g_mutex_unlock(&state_lock);
    if (current) {
        current->ops->state(current);
    }
}

void frontend_state(struct ui_state *state)
{
    g_mutex_lock(&state_lock);
    *state = current_state;
    g_mutex_unlock(&state_lock);
}
