/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What went down is released where it went down: input and screen as they are, a display, personas
 * and hands of ours, and any order of press, release, switch, view, pause, stop and darkness.
 */
#include "input/input.h"
#include "audio/audio.h"
#include "drivers/display.h"
#include "drivers/keys.h"
#include "drivers/touch.h"
#include "observers.h"
#include "port/events.h"
#include "screen/bar.h"
#include "screen/compositor.h"
#include "screen/flip.h"
#include "screen/picture.h"
#include "screen/sleep.h"
#include "el1/timers.h"
#include "slots.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>

struct panel board_panel = {720, 1440, 62, 124};

#define PERSONAS 3u
#define CODES    256u
#define ROUNDS   200u
#define STEPS    300u

static struct vm vms[PERSONAS];

/* What each persona has been told. */
static struct told {
    bool key[CODES];
    bool finger[TOUCH_CONTACTS];
    unsigned presses;
} told[PERSONAS];

/* What the user holds. */
static bool key_down[CODES], finger_down[TOUCH_CONTACTS], button_down[KEY_LINES];
static bool no_driver;

static const struct touch_ops *panel;
static void (*button)(enum key key, bool down);
static void (*latched)(void);

/* ---- The machine ------------------------------------------------------------------------- */

void camera_update(void)
{
}

void audio_update(void)
{
}

bool display_init(const struct board *board, void (*done)(void))
{
    (void)board;
    latched = done;
    return true;
}

void display_set_plane(unsigned number, const struct plane *plane)
{
    (void)number;
    (void)plane;
}

void display_commit(uint32_t mask)
{
    (void)mask;
}

void display_power(bool on)
{
    (void)on;
}

void display_background(uint32_t rgb)
{
    (void)rgb;
}

uint32_t display_frame(void)
{
    return 1;
}

bool touch_init(const struct board *board, const struct touch_ops *ops)
{
    (void)board;
    panel = ops;
    return true;
}

bool keys_init(const struct board *board, void (*changed)(enum key key, bool down))
{
    (void)board;
    button = changed;
    return true;
}

void *memory_take(size_t size, size_t align)
{
    static uint8_t room[4096];

    (void)size;
    (void)align;
    return room; /* nothing is drawn */
}

void bar_draw(struct canvas *canvas, enum view view, const struct bar_tab *tabs, unsigned count)
{
    (void)canvas;
    (void)view;
    (void)tabs;
    (void)count;
}

void bar_draw_empty(struct canvas *canvas, const struct bar_tab *tab)
{
    (void)canvas;
    (void)tab;
}

bool picture_is_black(const struct image *image)
{
    (void)image;
    return true;
}

void timer_start(struct timer *timer, uint64_t after_us)
{
    (void)timer;
    (void)after_us;
}

void log_line(const char *format, ...)
{
    (void)format;
}

/* ---- The rest of the switchboard --------------------------------------------------------- */

struct vm *vm_at(unsigned index)
{
    return index < PERSONAS ? &vms[index] : NULL;
}

void vm_complain(struct vm *vm, const char *format, ...)
{
    (void)vm;
    (void)format;
}

const char *manager_note(const struct vm *vm)
{
    (void)vm;
    return "";
}

static void become(struct vm *vm, enum pb_vm_state state);

void manager_favour(struct vm *vm)
{
    manager_wake(vm, "its coming to the front");
}

void manager_wake(struct vm *vm, const char *why)
{
    (void)why;
    if (vm->state == PB_VM_SUSPENDED) {
        become(vm, PB_VM_RUNNING);
    }
}

void event_vm(const struct vm *vm)
{
    (void)vm;
}

void event_front(const struct vm *vm)
{
    CU_ASSERT_PTR_EQUAL_FATAL(vm, compositor_front());
}

void lights_front(const struct vm *vm)
{
    (void)vm;
}

void event_display(bool on)
{
    (void)on;
}

void event_view(bool side)
{
    (void)side;
}

void event_scanout(const struct vm *vm, uint32_t width, uint32_t height)
{
    (void)vm;
    (void)width;
    (void)height;
}

/* ---- The personas ------------------------------------------------------------------------ */

/* Nothing may be sent to devices that the VM's end has reset. */
static struct told *reached(const struct vm *vm)
{
    CU_ASSERT_TRUE_FATAL(vm->state == PB_VM_RUNNING || vm->state == PB_VM_PAUSED);
    return &told[vm - vms];
}

enum keys_result slots_key(struct vm *vm, uint16_t code, unsigned value, uint32_t *number)
{
    struct told *one = reached(vm);

    if (code == 0 || code > 248) {
        return KEYS_NO_SUCH_KEY;
    }
    if (no_driver) {
        return KEYS_NO_DRIVER;
    }
    *number = 1;
    if (value) {
        CU_ASSERT_PTR_EQUAL_FATAL(vm, compositor_front());
        CU_ASSERT_EQUAL_FATAL(vm->state, PB_VM_RUNNING);
        one->presses++;
    } else {
        CU_ASSERT_TRUE_FATAL(one->key[code]); /* not told of a release without its press */
    }
    one->key[code] = value;
    return KEYS_OK;
}

enum keys_result slots_wheel(struct vm *vm, int steps, uint32_t *number)
{
    (void)steps;
    *number = 1;
    CU_ASSERT_EQUAL_FATAL(reached(vm) - told, compositor_front() - vms);
    return KEYS_OK;
}

void slots_touch(struct vm *vm, unsigned slot, enum touch_action action, uint32_t x, uint32_t y)
{
    bool *down = &reached(vm)->finger[slot];

    CU_ASSERT_TRUE_FATAL(x < PERSONA_WIDTH && y < PERSONA_HEIGHT);
    CU_ASSERT_EQUAL_FATAL(*down, action != TOUCH_DOWN);
    *down = action != TOUCH_UP;
}

void slots_touch_sync(struct vm *vm)
{
    reached(vm);
}

static void become(struct vm *vm, enum pb_vm_state state)
{
    const enum pb_vm_state before = vm->state;

    if (state != PB_VM_RUNNING && state != PB_VM_PAUSED) { /* its devices are reset */
        memset(&told[vm - vms], 0, sizeof(told[0]));
    }
    vm->state = state;
    if (before != state) {
        observers_vms.state(vm, before);
    }
}

static bool is_shown(const struct vm *vm)
{
    for (unsigned area = 0; area < LAYOUT_AREAS; area++) {
        if (compositor_area(area) == vm) {
            return true;
        }
    }
    return false;
}

/* Only the persona in front, running, has keys; only what is seen and runs has fingers. */
static void check(void)
{
    for (unsigned i = 0; i < PERSONAS; i++) {
        const bool runs = vms[i].state == PB_VM_RUNNING;

        for (unsigned code = 0; code < CODES; code++) {
            if (told[i].key[code]) {
                CU_ASSERT_TRUE_FATAL(runs && compositor_front() == &vms[i]);
            }
        }
        for (unsigned slot = 0; slot < TOUCH_CONTACTS; slot++) {
            if (told[i].finger[slot]) {
                CU_ASSERT_TRUE_FATAL(runs && is_shown(&vms[i]) && flip_is_on());
            }
        }
    }
}

static bool anything_told(void)
{
    static const struct told nothing;

    for (unsigned i = 0; i < PERSONAS; i++) {
        told[i].presses = 0;
        if (memcmp(&told[i], &nothing, sizeof(nothing))) {
            return true;
        }
    }
    return false;
}

/* ---- The hands --------------------------------------------------------------------------- */

static const char *key(unsigned code, unsigned value)
{
    struct input_receipt receipt;

    key_down[code] = value;
    return input_key(code, value, &receipt);
}

static void press_button(unsigned line, bool down)
{
    button_down[line] = down;
    button(line, down);
}

static void finger(unsigned slot, enum touch_action action, uint32_t x, uint32_t y)
{
    finger_down[slot] = action != TOUCH_UP;
    panel->contact(slot, action, x, y);
    panel->report_end();
}

static void release_all(void)
{
    for (unsigned code = 0; code < CODES; code++) {
        if (key_down[code]) {
            key(code, 0);
        }
    }
    for (unsigned slot = 0; slot < TOUCH_CONTACTS; slot++) {
        if (finger_down[slot]) {
            finger(slot, TOUCH_UP, 0, 0);
        }
    }
    for (unsigned line = 0; line < KEY_LINES; line++) {
        if (button_down[line]) {
            press_button(line, false);
        }
    }
}

static void start(void)
{
    static const struct board board;

    release_all();
    for (unsigned i = 0; i < PERSONAS; i++) {
        vms[i].id = vms[i].index = i;
        vms[i].kind = PB_KIND_PERSONA;
        become(&vms[i], PB_VM_RUNNING);
    }
    if (!panel) {
        compositor_init(&board, &observers_screen);
        input_init(&board);
    }
    sleep_display(true);
    compositor_set_view(VIEW_SINGLE);
    compositor_select(&vms[0]);
    CU_ASSERT_FALSE(anything_told());
}

/* ---- Tests ------------------------------------------------------------------------------- */

/* The documented Ctrl+2: Ctrl goes down, the emulator asks for the second persona, Ctrl goes up. */
static void test_shortcut(void)
{
    start();
    CU_ASSERT_PTR_NULL(key(29, 1));
    CU_ASSERT_TRUE(told[0].key[29]);
    compositor_select(&vms[1]);
    CU_ASSERT_FALSE(told[0].key[29]);
    CU_ASSERT_PTR_NULL(key(29, 0));
    CU_ASSERT_PTR_NULL(key(46, 1));
    CU_ASSERT_TRUE(told[1].key[46] && !told[1].key[29]);
    CU_ASSERT_PTR_NULL(key(46, 0));
    CU_ASSERT_FALSE(anything_told());
}

static void test_volume_over_a_switch(void)
{
    start();
    press_button(KEY_LINE_VOLUME_DOWN, true);
    CU_ASSERT_TRUE(told[0].key[114]);
    compositor_step(1);
    press_button(KEY_LINE_VOLUME_DOWN, false);
    CU_ASSERT_FALSE(anything_told());
}

static void test_finger_over_a_pause(void)
{
    start();
    finger(3, TOUCH_DOWN, 100, 500);
    CU_ASSERT_TRUE(told[0].finger[3]);
    become(&vms[0], PB_VM_PAUSED);
    CU_ASSERT_FALSE(told[0].finger[3]);
    finger(3, TOUCH_MOVE, 110, 500);
    become(&vms[0], PB_VM_RUNNING);
    finger(3, TOUCH_MOVE, 120, 500);
    finger(3, TOUCH_UP, 0, 0);
    CU_ASSERT_FALSE(anything_told());
}

static void test_darkness(void)
{
    start();
    finger(0, TOUCH_DOWN, 100, 500);
    sleep_display(false);
    CU_ASSERT_FALSE(told[0].finger[0]);
    finger(1, TOUCH_DOWN, 100, 500);
    CU_ASSERT_FALSE(told[0].finger[1]);
    sleep_display(true);
    finger(0, TOUCH_UP, 0, 0);
    finger(1, TOUCH_UP, 0, 0);
    CU_ASSERT_FALSE(anything_told());
}

/* Side by side each hand has its persona; only keys follow the front. */
static void test_two_hands(void)
{
    start();
    compositor_set_view(VIEW_SIDE);
    finger(0, TOUCH_DOWN, 100, 800);
    key(30, 1);
    finger(1, TOUCH_DOWN, 600, 800);
    CU_ASSERT_PTR_EQUAL(compositor_front(), &vms[1]);
    CU_ASSERT_TRUE(told[0].finger[0] && told[1].finger[1] && !told[0].key[30]);
    compositor_set_view(VIEW_SINGLE);
    CU_ASSERT_FALSE(anything_told());
}

static void expect_refused(const char *code, const char *wrong)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(wrong);
    CU_ASSERT_EQUAL(strncmp(wrong, code, strlen(code)), 0);
}

static void test_refusals(void)
{
    static const enum pb_vm_state still[] = {PB_VM_PAUSED, PB_VM_SUSPENDED, PB_VM_STOPPED,
                                             PB_VM_OFF};
    struct input_receipt receipt;

    start();
    for (unsigned i = 0; i < 4; i++) {
        become(&vms[0], still[i]);
        expect_refused("bad-state: ", key(30, 1));
        expect_refused("bad-state: ", input_wheel(1, &receipt));
        CU_ASSERT_PTR_NULL(key(30, 0)); /* nothing is down, and it is not refused */
    }
    become(&vms[0], PB_VM_RUNNING);
    CU_ASSERT_PTR_NULL(input_wheel(1, &receipt));
    CU_ASSERT_PTR_EQUAL(receipt.vm, &vms[0]);
    expect_refused("bad-request: ", input_key(500, 1, &receipt));
    CU_ASSERT_PTR_NULL(receipt.vm);
    no_driver = true;
    expect_refused("bad-state: ", key(30, 1));
    no_driver = false;
    key_down[30] = false;
}

static unsigned seed;

static unsigned dice(unsigned sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % sides;
}

static void any_finger(void)
{
    const unsigned slot = dice(TOUCH_CONTACTS);
    const uint32_t x = dice(SCREEN_WIDTH), y = dice(8) ? dice(SCREEN_HEIGHT) : dice(BAR_HEIGHT);

    if (!finger_down[slot]) {
        finger(slot, TOUCH_DOWN, x, y);
    } else {
        finger(slot, dice(2) ? TOUCH_UP : TOUCH_MOVE, x, y);
    }
}

static void any_step(void)
{
    static const enum pb_vm_state states[] = {PB_VM_OFF, PB_VM_RUNNING, PB_VM_PAUSED, PB_VM_STOPPED,
                                              PB_VM_SUSPENDED};
    const unsigned code = 1 + dice(12), line = dice(KEY_LINES);

    switch (dice(12)) {
    case 0:
        compositor_select(&vms[dice(PERSONAS)]);
        break;
    case 1:
        compositor_step(dice(2) ? 1 : -1);
        break;
    case 2:
        compositor_set_view(dice(2) ? VIEW_SIDE : VIEW_SINGLE);
        break;
    case 3:
        become(&vms[dice(PERSONAS)], dice(2) ? PB_VM_RUNNING : states[dice(5)]);
        break;
    case 4:
        sleep_display(dice(4));
        latched();
        break;
    case 5:
        press_button(line, !button_down[line]);
        break;
    case 6:
    case 7:
    case 8:
        key(code, !key_down[code]);
        break;
    default:
        any_finger();
        break;
    }
}

/* Whatever came before: when the user holds nothing, no persona has anything down. */
static void test_any_order(void)
{
    unsigned pressed = 0;

    for (unsigned round = 0; round < ROUNDS; round++) {
        start();
        seed = round;
        for (unsigned step = 0; step < STEPS; step++) {
            any_step();
            check();
        }
        for (unsigned i = 0; i < PERSONAS; i++) {
            pressed += told[i].presses;
        }
        release_all();
        CU_ASSERT_FALSE(anything_told());
    }
    CU_ASSERT_TRUE(pressed > ROUNDS); /* and it was not because nothing arrived */
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"Ctrl over a switch", test_shortcut},
                                        {"volume key over a switch", test_volume_over_a_switch},
                                        {"finger over a pause", test_finger_over_a_pause},
                                        {"finger over darkness", test_darkness},
                                        {"two hands, two personas", test_two_hands},
                                        {"refused", test_refusals},
                                        {"any order", test_any_order},
                                        CU_TEST_INFO_NULL};

    return run_suite("input", tests);
}
