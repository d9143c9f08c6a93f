/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "compositor.h"
#include "barplane.h"
#include "drivers/display.h"
#include "flip.h"
#include "layer.h"
#include "persona.h"
#include "picture.h"
#include "vm/manager.h"
#include "el1/kept.h"

#define PLANE_CURSOR 2u
#define CURSOR_MAX   64u
#define IMAGE_MAX    4096u
#define BACKGROUND   0x202124u /* around the areas of the side view */

/* What the user has chosen */
static KEPT struct {
    unsigned front;
    enum view view;
} chosen;

static struct {
    bool present;
    struct persona persona[PB_MAX_VMS];
    unsigned personas;
    struct layout layout;
    bool bar_old;
    const struct screen_observer *observer;
} screen;

static struct persona *persona_of(const struct vm *vm)
{
    for (unsigned i = 0; i < screen.personas; i++) {
        if (screen.persona[i].vm == vm) {
            return &screen.persona[i];
        }
    }
    return NULL;
}

/* The persona in an area of the layout. */
static struct persona *persona_in(unsigned area)
{
    return &screen.persona[screen.layout.areas > 1 ? area : chosen.front];
}

static void draw_bar(void)
{
    struct bar_tab tabs[PB_MAX_VMS];

    for (unsigned i = 0; i < screen.personas; i++) {
        tabs[i] = persona_tab(&screen.persona[i], i == chosen.front);
    }
    barplane_draw(chosen.view, tabs, screen.personas);
    screen.bar_old = false;
}

static void set_area(unsigned number)
{
    struct plane plane = {0};

    if (number < screen.layout.areas) {
        plane = persona_plane(persona_in(number), &screen.layout.area[number]);
    }
    display_set_plane(number, &plane);
}

static void set_cursor(void)
{
    struct plane plane = {0};

    if (screen.layout.areas == 1) {
        plane = persona_cursor_plane(&screen.persona[chosen.front]);
    }
    display_set_plane(PLANE_CURSOR, &plane);
}

/* All planes as they shall be; called when no commit is under way. */
static void compose(void)
{
    if (screen.bar_old) {
        draw_bar();
    }
    for (unsigned i = 0; i < LAYOUT_AREAS; i++) {
        set_area(i);
    }
    set_cursor();
    barplane_show();
}

/* Layout, bar and focus follow from view and front. */
static void arrange(void)
{
    layout_make(&screen.layout, chosen.view, screen.personas);
    screen.bar_old = true;
    flip_request();
}

struct vm *compositor_front(void)
{
    return screen.personas ? screen.persona[chosen.front].vm : NULL;
}

void compositor_select(struct vm *vm)
{
    const struct persona *persona = persona_of(vm);

    if (!persona || persona == &screen.persona[chosen.front]) {
        return;
    }
    screen.observer->front_leaves(screen.persona[chosen.front].vm);
    chosen.front = (unsigned)(persona - screen.persona);
    arrange();
    manager_favour(vm);
    screen.observer->front(vm);
}

void compositor_step(int step)
{
    const unsigned next = chosen.front + screen.personas + (unsigned)step;

    if (screen.personas) {
        compositor_select(screen.persona[next % screen.personas].vm);
    }
}

struct edid_mode compositor_mode(void)
{
    return (struct edid_mode){
        .width = PERSONA_WIDTH,
        .height = PERSONA_HEIGHT,
        .refresh_hz = 60,
        .width_mm = SCREEN_WIDTH_MM,
        .height_mm = SCREEN_HEIGHT_MM * PERSONA_HEIGHT / SCREEN_HEIGHT,
        .name = "Phonebooth",
    };
}

enum view compositor_view(void)
{
    return chosen.view;
}

void compositor_set_view(enum view view)
{
    const bool changes = view != chosen.view;

    if (changes) {
        screen.observer->places_change();
    }
    chosen.view = view;
    arrange();
    if (changes) {
        screen.observer->view(view == VIEW_SIDE);
    }
}

void compositor_redraw(struct vm *vm)
{
    struct persona *persona = persona_of(vm);
    struct bar_tab tab;

    if (!persona || !screen.present) {
        return;
    }
    tab = persona_tab(persona, persona == &screen.persona[chosen.front]);
    bar_draw_empty(&persona->empty, &tab);
    screen.bar_old = true;
    flip_request();
}

static void set_sign(bool *sign, bool on)
{
    if (*sign != on) {
        *sign = on;
        screen.bar_old = true;
        flip_request();
    }
}

void compositor_microphone(struct vm *vm, bool on)
{
    struct persona *persona = persona_of(vm);

    if (persona) {
        set_sign(&persona->microphone, on);
    }
}

void compositor_camera(struct vm *vm, bool on)
{
    struct persona *persona = persona_of(vm);

    if (persona) {
        set_sign(&persona->camera, on);
    }
}

const struct layout *compositor_layout(void)
{
    return &screen.layout;
}

struct vm *compositor_area(unsigned area)
{
    return area < screen.layout.areas ? persona_in(area)->vm : NULL;
}

const struct image *compositor_picture(const struct vm *vm)
{
    const struct persona *persona = persona_of(vm);

    return persona && persona_shows(persona) ? &persona->image : NULL;
}

void compositor_scanout(struct vm *vm, const struct image *image)
{
    struct persona *persona = persona_of(vm);

    if (!persona) {
        return;
    }
    if (image && (image->width > IMAGE_MAX || image->height > IMAGE_MAX)) {
        vm_complain(vm, "display: %ux%u is too large", (unsigned)image->width,
                    (unsigned)image->height);
        image = NULL;
    }
    persona->flushed = persona->flushed && image;
    persona->image = image ? *image : (struct image){0};
    screen.bar_old = true;
    flip_request();
}

void compositor_flush(struct vm *vm, const struct rect *rect)
{
    struct persona *persona = persona_of(vm);

    (void)rect; /* the engine fetches whole frames */
    if (!persona || persona->flushed || !persona->image.pixels ||
        picture_is_black(&persona->image)) {
        return;
    }
    persona->flushed = true;
    screen.bar_old = true;
    flip_request();
    screen.observer->picture(vm, persona->image.width, persona->image.height);
}

void compositor_cursor(struct vm *vm, const struct image *image, int x, int y)
{
    struct persona *persona = persona_of(vm);

    if (!persona || (image && (image->width > CURSOR_MAX || image->height > CURSOR_MAX))) {
        return;
    }
    persona->cursor = image ? *image : (struct image){0};
    compositor_cursor_move(vm, x, y);
}

void compositor_cursor_move(struct vm *vm, int x, int y)
{
    struct persona *persona = persona_of(vm);

    if (!persona) {
        return;
    }
    persona_move_cursor(persona, x, y);
    if (persona == &screen.persona[chosen.front]) {
        flip_request();
    }
}

bool compositor_init(const struct board *board, const struct screen_observer *observer)
{
    struct vm *vm;

    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        if (vm->kind == PB_KIND_PERSONA) {
            screen.persona[screen.personas++].vm = vm;
        }
    }
    screen.observer = observer;
    screen.present = flip_init(board, compose, observer);
    if (screen.present) {
        display_background(BACKGROUND);
        barplane_init();
        for (unsigned i = 0; i < screen.personas; i++) {
            screen.persona[i].empty = layer_take(PERSONA_WIDTH, PERSONA_HEIGHT);
            compositor_redraw(screen.persona[i].vm);
        }
    }
    arrange();
    flip_start();
    return screen.present;
}
