/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "persona.h"

#include "layer.h"
#include "vm/manager.h"

bool persona_shows(const struct persona *persona)
{
    return persona->image.pixels && persona->flushed;
}

struct bar_tab persona_tab(const struct persona *persona, bool front)
{
    return (struct bar_tab){
        .name = persona->vm->display_name,
        .colour = persona->vm->colour,
        .note = persona_shows(persona) ? "" : manager_note(persona->vm),
        .front = front,
        .microphone = persona->microphone,
        .camera = persona->camera,
    };
}

struct plane persona_plane(const struct persona *persona, const struct rect *area)
{
    return (struct plane){
        .enabled = true,
        .image = persona_shows(persona) ? persona->image : layer_image(&persona->empty),
        .x = (int16_t)area->x,
        .y = (int16_t)area->y,
        .width = (uint16_t)area->width,
        .height = (uint16_t)area->height,
    };
}

struct plane persona_cursor_plane(const struct persona *persona)
{
    return (struct plane){
        .enabled = persona_shows(persona) && persona->cursor.pixels,
        .image = persona->cursor,
        .x = (int16_t)persona->cursor_x,
        .y = (int16_t)(persona->cursor_y + (int)BAR_HEIGHT),
        .width = (uint16_t)persona->cursor.width,
        .height = (uint16_t)persona->cursor.height,
    };
}

static int limit(int value)
{
    return value < INT16_MIN / 2 ? INT16_MIN / 2 : value > INT16_MAX / 2 ? INT16_MAX / 2 : value;
}

void persona_move_cursor(struct persona *persona, int x, int y)
{
    persona->cursor_x = limit(x);
    persona->cursor_y = limit(y);
}
