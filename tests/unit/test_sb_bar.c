/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the switchboard draws stays on its canvas and shows whose turn it is. */
#include <stdlib.h>
#include <string.h>

#include "screen/bar.h"
#include "suite.h"

struct panel board_panel = {720, 1440, 62, 124};

#define RED   0xa51d2du
#define BLUE  0x1a5fb4u
#define GUARD 0xdeadbeefu

/* A font of two glyphs, full blocks of 10 and 4 pixels for "?" and ".": the rest is drawn as "?".
 */
static const struct glyph block['?' - '.' + 1] = {{4, 0}, ['?' - '.'] = {10, 0}};
static const uint8_t solid[10 * 20] = {[0 ... 199] = 255};
const struct font bar_font = {'.', '?', 20, block, solid};

static uint32_t *pixels;

/* A canvas with guards before and behind. */
static struct canvas new_canvas(uint32_t width, uint32_t height)
{
    pixels = malloc((width * height + 2) * sizeof(*pixels));
    if (!pixels) {
        abort();
    }
    for (uint32_t i = 0; i < width * height + 2; i++) {
        pixels[i] = GUARD;
    }
    return (struct canvas){pixels + 1, width, height};
}

static void free_canvas(const struct canvas *canvas)
{
    CU_ASSERT_EQUAL(pixels[0], GUARD);
    CU_ASSERT_EQUAL(pixels[canvas->width * canvas->height + 1], GUARD);
    free(pixels);
}

static uint32_t at(const struct canvas *canvas, uint32_t x, uint32_t y)
{
    return canvas->pixels[y * canvas->width + x];
}

/* Nearer to a than to b, by the sum of differences. */
static bool nearer(uint32_t colour, uint32_t a, uint32_t b)
{
    int to_a = 0, to_b = 0;

    for (unsigned shift = 0; shift < 24; shift += 8) {
        to_a += abs((int)(colour >> shift & 0xff) - (int)(a >> shift & 0xff));
        to_b += abs((int)(colour >> shift & 0xff) - (int)(b >> shift & 0xff));
    }
    return to_a < to_b;
}

static void test_views(void)
{
    struct canvas canvas = new_canvas(SCREEN_WIDTH, BAR_HEIGHT);
    struct bar_tab tabs[] = {{"Red", RED, "", true, false, false},
                             {"Blue", BLUE, "", false, false, false}};

    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    CU_ASSERT_TRUE(nearer(at(&canvas, 5, 5), RED, BLUE));
    CU_ASSERT_TRUE(nearer(at(&canvas, SCREEN_WIDTH - 5, 5), RED, BLUE));
    tabs[0].front = false;
    tabs[1].front = true;
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    CU_ASSERT_TRUE(nearer(at(&canvas, 5, 5), BLUE, RED));
    bar_draw(&canvas, VIEW_SIDE, tabs, 2);
    CU_ASSERT_TRUE(nearer(at(&canvas, 5, 5), RED, BLUE));
    CU_ASSERT_TRUE(nearer(at(&canvas, SCREEN_WIDTH - 5, 5), BLUE, RED));
    bar_draw(&canvas, VIEW_SIDE, tabs, 0);
    CU_ASSERT_EQUAL(at(&canvas, 5, 5), 0);
    free_canvas(&canvas);
}

/* Columns from `from` to `to` of the row in the middle of the bar that are nearer to white than to
 * `ground`. */
static unsigned inked(const struct canvas *canvas, uint32_t from, uint32_t to, uint32_t ground)
{
    unsigned columns = 0;

    for (uint32_t x = from; x < to; x++) {
        columns += nearer(at(canvas, x, BAR_HEIGHT / 2), 0xffffff, ground);
    }
    return columns;
}

/* A name of `letters` letters in each half of the side view, and alone with a note. */
static void test_names(void)
{
    const uint32_t half = SCREEN_WIDTH / 2, dot = SCREEN_WIDTH - 28 - 28;
    char name[300];
    struct bar_tab tabs[] = {{name, RED, "", true, false, false},
                             {"", BLUE, "", false, false, false}};

    for (unsigned letters = 1; letters < sizeof(name); letters++) {
        struct canvas canvas = new_canvas(SCREEN_WIDTH, BAR_HEIGHT);

        memset(name, 'W', letters);
        name[letters] = '\0';
        bar_draw(&canvas, VIEW_SIDE, tabs, 2);
        if (letters * 10 <= half - 2 * 28) { /* whole, in the middle of its half */
            CU_ASSERT_EQUAL(
                inked(&canvas, (half - letters * 10) / 2, (half + letters * 10) / 2, RED),
                letters * 10);
        }
        CU_ASSERT_EQUAL(inked(&canvas, 0, 28, RED), 0);
        CU_ASSERT_EQUAL(inked(&canvas, half - 28, half, RED), 0);
        CU_ASSERT_EQUAL(inked(&canvas, half, SCREEN_WIDTH, BLUE), 0); /* not over the other one's */
        bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
        CU_ASSERT_TRUE(inked(&canvas, 28, dot - 28, RED) >=
                       (letters * 10 < 500 ? letters * 10 : 500));
        CU_ASSERT_EQUAL(inked(&canvas, dot - 20, dot - 8, RED), 0); /* nor into the dots */
        free_canvas(&canvas);
    }
}

/* A note keeps its place beside a name of any length; of two that are too long each has half of the
 * room. */
static void test_note(void)
{
    const uint32_t faint = colour_mix(RED, 0xffffff, 7, 10), middle = BAR_HEIGHT / 2;
    struct canvas canvas = new_canvas(SCREEN_WIDTH, BAR_HEIGHT);
    char text[200];
    struct bar_tab tabs[] = {{text, RED, "WWWW", true, false, false},
                             {"", BLUE, "", false, false, false}};

    memset(text, 'W', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    CU_ASSERT_EQUAL(at(&canvas, 300, middle), 0xffffff);
    for (uint32_t x = SCREEN_WIDTH - 3 * 28 - 40; x < SCREEN_WIDTH - 3 * 28; x++) {
        CU_ASSERT_EQUAL(at(&canvas, x, middle), faint);
    }
    tabs[0].note = text;
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    CU_ASSERT_EQUAL(at(&canvas, 300, middle), 0xffffff);
    CU_ASSERT_EQUAL(at(&canvas, 360, middle), faint);
    free_canvas(&canvas);
}

#define SIGN_RED 0xe01b24u

/* Pixels of the sign's red in the bar, from column `from` up to `to`. */
static unsigned red_in(const struct canvas *canvas, uint32_t from, uint32_t to)
{
    unsigned pixels = 0;

    for (uint32_t y = 0; y < BAR_HEIGHT; y++) {
        for (uint32_t x = from; x < to; x++) {
            pixels += at(canvas, x, y) == SIGN_RED;
        }
    }
    return pixels;
}

/* Whoever hears the microphone or uses a camera, the bar shows it; in the side view over that
 * persona's half. */
static void test_microphone(void)
{
    const uint32_t half = SCREEN_WIDTH / 2;
    struct canvas canvas = new_canvas(SCREEN_WIDTH, BAR_HEIGHT);
    unsigned microphone;
    char name[200];
    struct bar_tab tabs[] = {{name, BLUE, "", true, .microphone = false},
                             {"Other", BLUE, "", false, .microphone = true}};

    memset(name, 'W', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    CU_ASSERT_TRUE(red_in(&canvas, half, SCREEN_WIDTH) > 500);
    bar_draw(&canvas, VIEW_SIDE, tabs, 2);
    CU_ASSERT_TRUE(red_in(&canvas, half, SCREEN_WIDTH) > 500);
    CU_ASSERT_EQUAL(red_in(&canvas, 0, half), 0);
    tabs[1].microphone = false;
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    CU_ASSERT_EQUAL(red_in(&canvas, 0, SCREEN_WIDTH), 0);
    tabs[0].microphone = true;
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    microphone = red_in(&canvas, half, SCREEN_WIDTH);
    CU_ASSERT_TRUE(microphone > 500);
    tabs[1].camera = true;
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    CU_ASSERT_TRUE(red_in(&canvas, half, SCREEN_WIDTH) > microphone + 300);
    bar_draw(&canvas, VIEW_SIDE, tabs, 2);
    CU_ASSERT_EQUAL(red_in(&canvas, 0, half), microphone);
    CU_ASSERT_TRUE(red_in(&canvas, half, SCREEN_WIDTH) > 300);
    tabs[0].microphone = false;
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    CU_ASSERT_TRUE(red_in(&canvas, half, SCREEN_WIDTH) > 300);
    free_canvas(&canvas);
}

static void test_long_names(void)
{
    struct canvas canvas = new_canvas(SCREEN_WIDTH, BAR_HEIGHT);
    struct canvas empty;
    char name[300];
    struct bar_tab tabs[] = {{name, RED, name, true, false, false},
                             {"\xff\xfe\xc3", BLUE, "", false, false, false}};

    memset(name, 'W', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    bar_draw(&canvas, VIEW_SINGLE, tabs, 2);
    bar_draw(&canvas, VIEW_SIDE, tabs, 2);
    free_canvas(&canvas);
    empty = new_canvas(PERSONA_WIDTH, PERSONA_HEIGHT);
    bar_draw_empty(&empty, &tabs[0]);
    for (uint32_t y = 0; y < PERSONA_HEIGHT; y++) {
        CU_ASSERT_FALSE(nearer(at(&empty, 27, y), 0xffffff, 0));
        CU_ASSERT_FALSE(nearer(at(&empty, PERSONA_WIDTH - 28, y), 0xffffff, 0));
    }
    CU_ASSERT_TRUE(nearer(at(&empty, 30, PERSONA_HEIGHT / 2 + 10), 0xffffff, 0));
    free_canvas(&empty);
}

static void test_clipping(void)
{
    struct canvas canvas = new_canvas(50, 40);

    canvas_fill(&canvas, (struct rect){45, 35, 100, 100}, RED);
    canvas_disc(&canvas, 0, 0, 400, BLUE);
    canvas_disc(&canvas, 199, 159, 40, BLUE);
    canvas_text(&canvas, &bar_font, 3, -20, -30, 1000, RED, "???????");
    canvas_text(&canvas, &bar_font, 1, 45, 35, 10, RED, "?");
    CU_ASSERT_EQUAL(at(&canvas, 49, 39), RED);
    free_canvas(&canvas);
}

static void test_mix(void)
{
    CU_ASSERT_EQUAL(colour_mix(0x123456, 0xffffff, 0, 10), 0x123456);
    CU_ASSERT_EQUAL(colour_mix(0x123456, 0xffffff, 10, 10), 0xffffff);
    CU_ASSERT_EQUAL(colour_mix(0x000000, 0xff8000, 1, 2), 0x804000);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"views", test_views},
                                        {"names of any length", test_names},
                                        {"name and note", test_note},
                                        {"microphone in use", test_microphone},
                                        {"long and broken names", test_long_names},
                                        {"clipping", test_clipping},
                                        {"mixing colours", test_mix},
                                        CU_TEST_INFO_NULL};

    return run_suite("bar", tests);
}
