/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "bar.h"

#define MARGIN       28
#define EDGE         3u /* the line below the bar */
#define UNDERLINE    5u
#define DOT_RADIUS4  28 /* quarter pixels */
#define DOT_STEP     28
#define NOTE_GAP     (MARGIN / 2) /* between name and note */
#define WHITE        0xffffffu
#define BLACK        0x000000u
#define INK          0x1a1a1au
#define BRIGHT       150u /* luma from which dark letters are easier to read */
#define SIGN         48   /* room for a sign, */
#define SIGN_RADIUS4 76   /* quarter pixels */
#define SIGN_RED     0xe01b24u
#define EMPTY_TOP    0x2b2d31u
#define EMPTY_BOTTOM 0x17181au

/* ITU-R BT.601 luma, 0..255. */
static uint32_t luma(uint32_t colour)
{
    return ((colour >> 16 & 0xff) * 299 + (colour >> 8 & 0xff) * 587 + (colour & 0xff) * 114) /
           1000;
}

static uint32_t ink_on(uint32_t colour)
{
    return luma(colour) >= BRIGHT ? INK : WHITE;
}

static int text_top(unsigned scale)
{
    return ((int)(BAR_HEIGHT - EDGE) - (int)(bar_font.height * scale)) / 2;
}

static void ground(struct canvas *canvas, uint32_t x, uint32_t width, uint32_t colour)
{
    canvas_shade(canvas, (struct rect){x, 0, width, BAR_HEIGHT - EDGE},
                 colour_mix(colour, WHITE, 1, 10), colour_mix(colour, BLACK, 1, 10));
    canvas_fill(canvas, (struct rect){x, BAR_HEIGHT - EDGE, width, EDGE},
                colour_mix(colour, BLACK, 2, 5));
}

static int at_most(int value, int limit)
{
    return value < limit ? value : limit;
}

/* Centre of the leftmost dot. */
static int first_dot(unsigned count)
{
    return (int)SCREEN_WIDTH - MARGIN - (int)(count - 1) * DOT_STEP;
}

static void draw_dots(struct canvas *canvas, const struct bar_tab *tabs, unsigned count,
                      uint32_t colour)
{
    const uint32_t ink = ink_on(colour);
    const int first = first_dot(count);

    for (unsigned i = 0; i < count; i++) {
        canvas_disc(canvas, (first + (int)i * DOT_STEP) * 4, (int)(BAR_HEIGHT - EDGE) * 2,
                    DOT_RADIUS4, tabs[i].front ? ink : colour_mix(colour, ink, 2, 5));
    }
}

/* A red disc with a white edge, its centre at x; the height of its centre. */
static int draw_ground(struct canvas *canvas, int x)
{
    const int y = (int)(BAR_HEIGHT - EDGE) / 2;

    canvas_disc(canvas, x * 4, y * 4, SIGN_RADIUS4 + 8, WHITE);
    canvas_disc(canvas, x * 4, y * 4, SIGN_RADIUS4, SIGN_RED);
    return y;
}

static void draw_microphone(struct canvas *canvas, int x)
{
    const int y = draw_ground(canvas, x);

    canvas_disc(canvas, x * 4, (y - 7) * 4, 20, WHITE);
    canvas_fill(canvas, (struct rect){(uint32_t)(x - 5), (uint32_t)(y - 7), 10, 9}, WHITE);
    canvas_disc(canvas, x * 4, (y + 2) * 4, 20, WHITE);
    canvas_fill(canvas, (struct rect){(uint32_t)(x - 1), (uint32_t)(y + 6), 2, 5}, WHITE);
    canvas_fill(canvas, (struct rect){(uint32_t)(x - 6), (uint32_t)(y + 11), 12, 2}, WHITE);
}

static void draw_camera(struct canvas *canvas, int x)
{
    const int y = draw_ground(canvas, x);

    canvas_fill(canvas, (struct rect){(uint32_t)(x - 5), (uint32_t)(y - 10), 10, 4}, WHITE);
    canvas_fill(canvas, (struct rect){(uint32_t)(x - 12), (uint32_t)(y - 6), 24, 15}, WHITE);
    canvas_disc(canvas, x * 4, (y + 1) * 4, 22, SIGN_RED);
    canvas_disc(canvas, x * 4, (y + 1) * 4, 12, WHITE);
}

/* What the bar has to say of all personas. */
static struct bar_tab sum_up(const struct bar_tab *tabs, unsigned count)
{
    struct bar_tab all = {.name = ""};

    for (unsigned i = 0; i < count; i++) {
        all.microphone |= tabs[i].microphone;
        all.camera |= tabs[i].camera;
    }
    return all;
}

/* Room for the signs of a tab. */
static int sign_room(const struct bar_tab *tab)
{
    return SIGN * (tab->microphone + tab->camera);
}

/* The signs of a tab, the first one's centre at x, the next one `step` further. */
static void draw_signs(struct canvas *canvas, const struct bar_tab *tab, int x, int step)
{
    if (tab->microphone) {
        draw_microphone(canvas, x);
        x += step;
    }
    if (tab->camera) {
        draw_camera(canvas, x);
    }
}

/* Name and note, left of the dots; the name leaves room for the note, but for half of it. */
static void draw_words(struct canvas *canvas, const struct bar_tab *tab, unsigned count, int sign)
{
    const uint32_t ink = ink_on(tab->colour);
    const int room = first_dot(count) - DOT_STEP - MARGIN - sign;
    const int note = (int)canvas_text_width(&bar_font, tab->note);
    const int wanted = note ? at_most(note + NOTE_GAP, room / 2) : 0;
    const int name = at_most((int)canvas_text_width(&bar_font, tab->name), room - wanted);

    canvas_text(canvas, &bar_font, 1, MARGIN, text_top(1), name, ink, tab->name);
    canvas_text(canvas, &bar_font, 1, MARGIN + name + NOTE_GAP, text_top(1), room - name - NOTE_GAP,
                colour_mix(tab->colour, ink, 7, 10), tab->note);
}

static void draw_single(struct canvas *canvas, const struct bar_tab *tabs, unsigned count)
{
    const struct bar_tab all = sum_up(tabs, count);

    for (unsigned i = 0; i < count; i++) {
        if (!tabs[i].front) {
            continue;
        }
        ground(canvas, 0, SCREEN_WIDTH, tabs[i].colour);
        draw_words(canvas, &tabs[i], count, sign_room(&all));
        draw_signs(canvas, &all, first_dot(count) - DOT_STEP - SIGN / 2, -SIGN);
        draw_dots(canvas, tabs, count, tabs[i].colour);
    }
}

static void draw_half(struct canvas *canvas, const struct bar_tab *tab, uint32_t x)
{
    const uint32_t half = SCREEN_WIDTH / 2;
    const uint32_t ink = ink_on(tab->colour);
    const int width = at_most((int)canvas_text_width(&bar_font, tab->name), (int)half - 2 * MARGIN);

    ground(canvas, x, half, tab->colour);
    canvas_text(canvas, &bar_font, 1, (int)x + ((int)half - width) / 2, text_top(1), width, ink,
                tab->name);
    draw_signs(canvas, tab, (int)x + SIGN / 2, SIGN);
    if (tab->front) {
        canvas_fill(canvas, (struct rect){x, BAR_HEIGHT - UNDERLINE, half, UNDERLINE}, ink);
    }
}

void bar_draw(struct canvas *canvas, enum view view, const struct bar_tab *tabs, unsigned count)
{
    canvas_fill(canvas, (struct rect){0, 0, SCREEN_WIDTH, BAR_HEIGHT}, BLACK);
    if (view == VIEW_SINGLE || count < 2) {
        draw_single(canvas, tabs, count);
        return;
    }
    for (unsigned i = 0; i < 2; i++) {
        draw_half(canvas, &tabs[i], i * SCREEN_WIDTH / 2);
    }
}

void bar_draw_empty(struct canvas *canvas, const struct bar_tab *tab)
{
    const int middle = (int)PERSONA_WIDTH / 2;
    const int top = (int)PERSONA_HEIGHT / 2;
    const int room = (int)PERSONA_WIDTH - 2 * MARGIN;
    const int name = at_most((int)canvas_text_width(&bar_font, tab->name) * 2, room);
    const int note = at_most((int)canvas_text_width(&bar_font, tab->note), room);

    canvas_shade(canvas, (struct rect){0, 0, PERSONA_WIDTH, PERSONA_HEIGHT}, EMPTY_TOP,
                 EMPTY_BOTTOM);
    canvas_disc(canvas, middle * 4, (top - 80) * 4, 40 * 4, tab->colour);
    canvas_text(canvas, &bar_font, 2, middle - name / 2, top, name, WHITE, tab->name);
    canvas_text(canvas, &bar_font, 1, middle - note / 2, top + 90, note, 0xb0b0b0, tab->note);
}
