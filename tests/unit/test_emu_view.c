/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Skin layouts, where they are in the window, the toolbar. */
#include "suite.h"

#include <math.h>
#include <string.h>

#include "frontends/skin.h"
#include "frontends/toolbar.h"
#include "frontends/view.h"

#define SKIN   "[skin]\nwidth=800\nheight=1600\npicture=body.svg\n"
#define SCREEN "[screen]\nx=40\ny=80\nwidth=720\nheight=1440\n"
#define POWER  "[button power]\nx=780\ny=400\nwidth=20\nheight=100\nkey=power\n"

static bool parse(struct skin *skin, const char *text, GError **error)
{
    return skin_parse(skin, "/s", text, strlen(text), error);
}

static void reads_skins(void)
{
    struct skin skin;

    CU_ASSERT_TRUE_FATAL(parse(&skin, SKIN SCREEN POWER, NULL));
    CU_ASSERT_STRING_EQUAL(skin.picture, "/s/body.svg");
    CU_ASSERT_PTR_NULL(skin.pressed);
    CU_ASSERT_EQUAL(skin.screen.h, 1440);
    CU_ASSERT_EQUAL(skin.button_count, 1);
    CU_ASSERT_EQUAL(skin.button[0].key, BUTTON_POWER);
    CU_ASSERT_EQUAL(skin_button_at(&skin, 780, 400), 0);
    CU_ASSERT_EQUAL(skin_button_at(&skin, 799.9, 499.9), 0);
    CU_ASSERT_EQUAL(skin_button_at(&skin, 800, 400), -1);
    CU_ASSERT_EQUAL(skin_button_at(&skin, 779.9, 400), -1);
    skin_clear(&skin);
}

static void refuses_skins(void)
{
    static const struct {
        const char *text;
        const char *word;
    } cases[] = {
        {"", "width"},
        {"nonsense", "skin.ini"},
        {SKIN, "[screen]"},
        {"[skin]\nwidth=800\nheight=1600\n" SCREEN, "picture"},
        {"[skin]\nwidth=99999\nheight=1\npicture=a\n" SCREEN, "width"},
        {SKIN "[screen]\nx=100\ny=80\nwidth=720\nheight=1440\n", "[screen] width"},
        {SKIN "[screen]\nx=-1\ny=80\nwidth=720\nheight=1440\n", "[screen] x"},
        {SKIN "[screen]\nx=0\ny=0\nwidth=0\nheight=10\n", "empty"},
        {SKIN SCREEN "[button a]\nx=0\ny=0\nwidth=1\nheight=1\nkey=fire\n", "fire"},
        {SKIN SCREEN "[button a]\nkey=power\n", "[button a] x"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct skin skin;
        GError *error = NULL;
        CU_ASSERT_FALSE(parse(&skin, cases[i].text, &error));
        CU_ASSERT_TRUE(error && strstr(error->message, cases[i].word));
        g_clear_error(&error);
    }
}

static struct view fit(int turns, struct rect area)
{
    struct skin skin;
    struct view view = {0};

    parse(&skin, SKIN SCREEN POWER, NULL);
    view_fit(&view, &skin, turns, area);
    view.screen_w = 720;
    view.screen_h = 1440;
    skin_clear(&skin);
    return view;
}

/* The first and last pixel of the screen, per turn, in a window of half size. */
static void transforms_points(void)
{
    static const struct {
        int turns;
        struct rect area;
        double first_x, first_y, last_x, last_y; /* window: middle of pixels 0,0 and 719,1439 */
    } cases[] = {
        {0, {10, 0, 400, 800}, 30.25, 40.25, 389.75, 759.75},
        {1, {0, 0, 800, 400}, 759.75, 20.25, 40.25, 379.75},
        {2, {0, 0, 400, 800}, 379.75, 759.75, 20.25, 40.25},
        {3, {0, 0, 800, 400}, 40.25, 379.75, 759.75, 20.25},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct view view = fit(cases[i].turns, cases[i].area);
        int x, y;
        double wx, wy;
        CU_ASSERT_DOUBLE_EQUAL(view.scale, 0.5, 1e-9);
        CU_ASSERT_TRUE(view_to_screen(&view, cases[i].first_x, cases[i].first_y, &x, &y));
        CU_ASSERT_TRUE(x == 0 && y == 0);
        CU_ASSERT_TRUE(view_to_screen(&view, cases[i].last_x, cases[i].last_y, &x, &y));
        CU_ASSERT_TRUE(x == 719 && y == 1439);
        view_from_screen(&view, 719, 1439, &wx, &wy);
        CU_ASSERT_DOUBLE_EQUAL(wx, cases[i].last_x, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(wy, cases[i].last_y, 1e-9);
    }
}

static void clamps_points(void)
{
    struct view view = fit(0, (struct rect){0, 0, 1000, 800});
    int x, y;

    CU_ASSERT_DOUBLE_EQUAL(view.scale, 0.5, 1e-9); /* the height decides */
    CU_ASSERT_FALSE(view_to_screen(&view, 0, 0, &x, &y));
    CU_ASSERT_TRUE(x == 0 && y == 0);
    CU_ASSERT_FALSE(view_to_screen(&view, 1e9, 1e9, &x, &y));
    CU_ASSERT_TRUE(x == 719 && y == 1439);
    view = fit(0, (struct rect){0, 0, 0, 0}); /* a window without room is no division by zero */
    view_to_screen(&view, 5, 5, &x, &y);
    CU_ASSERT_TRUE(x >= 0 && x < 720 && y >= 0 && y < 1440);
}

static void lays_out_the_toolbar(void)
{
    struct summary state = {.persona_count = 2};
    struct toolbar toolbar;

    toolbar_layout(&toolbar, &state, 1000, 900, 1);
    CU_ASSERT_EQUAL(toolbar.count, 9);
    CU_ASSERT_EQUAL(toolbar.strip.x, 1000 - TOOLBAR_WIDTH);
    for (unsigned i = 0; i < toolbar.count; i++) {
        struct rect r = toolbar.item[i].place;
        CU_ASSERT_TRUE(r.x >= toolbar.strip.x && r.x + r.w <= 1000);
        CU_ASSERT_EQUAL(toolbar_at(&toolbar, r.x, r.y), (int)i); /* so none covers another */
        CU_ASSERT_EQUAL(toolbar_at(&toolbar, r.x + r.w - 1, r.y + r.h - 1), (int)i);
    }
    CU_ASSERT_EQUAL(toolbar_at(&toolbar, 5, 5), -1);
    state.persona_count = 1; /* nothing to put side by side */
    toolbar_layout(&toolbar, &state, 1000, 900, 1);
    CU_ASSERT_EQUAL(toolbar.count, 7);
    state.persona_count = 1000;
    toolbar_layout(&toolbar, &state, 1000, 900, 2);
    CU_ASSERT_EQUAL(toolbar.count, TOOLBAR_MAX);
}

/* Small, turned, many personas: each button is inside the window and covers no other. */
static void fits_the_toolbar(void)
{
    static const struct {
        int w, h;
    } sizes[] = {{240, 320}, {320, 240}, {240, 240}, {964, 416},
                 {416, 964}, {700, 300}, {1920, 200}};

    for (unsigned i = 0; i < G_N_ELEMENTS(sizes) * SUMMARY_PERSONAS; i++) {
        int w = sizes[i / SUMMARY_PERSONAS].w, h = sizes[i / SUMMARY_PERSONAS].h;
        struct summary state = {.persona_count = i % SUMMARY_PERSONAS + 1};
        struct toolbar toolbar;
        toolbar_layout(&toolbar, &state, 2 * w, 2 * h, 2);
        CU_ASSERT_TRUE(toolbar.strip.w <= 2 * w * 3 / 4); /* something is left for the phone */
        for (unsigned n = 0; n < toolbar.count; n++) {
            struct rect r = toolbar.item[n].place;
            CU_ASSERT_TRUE(r.x >= toolbar.strip.x && r.y >= 0 && r.x + r.w <= 2 * w &&
                           r.y + r.h <= 2 * h);
            CU_ASSERT_TRUE(r.w >= 50 && r.h >= 50); /* 25 desktop pixels can be hit */
            CU_ASSERT_EQUAL(toolbar_at(&toolbar, r.x, r.y), (int)n);
            CU_ASSERT_EQUAL(toolbar_at(&toolbar, r.x + r.w - 1, r.y + r.h - 1), (int)n);
        }
    }
}

static void joins_rectangles(void)
{
    struct rect none = {5, 5, 0, 0}, a = {10, 10, 10, 10}, b = {15, 0, 10, 12};
    struct rect both = rect_union(a, b), common = rect_intersect(a, b);

    CU_ASSERT_TRUE(both.x == 10 && both.y == 0 && both.w == 15 && both.h == 20);
    CU_ASSERT_TRUE(common.x == 15 && common.y == 10 && common.w == 5 && common.h == 2);
    CU_ASSERT_EQUAL(rect_union(none, a).x, 10);
    CU_ASSERT_EQUAL(rect_intersect(a, none).w, 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"reads skins", reads_skins},
        {"refuses skins in one line", refuses_skins},
        {"transforms points", transforms_points},
        {"clamps points", clamps_points},
        {"lays out the toolbar", lays_out_the_toolbar},
        {"fits the toolbar into small and turned windows", fits_the_toolbar},
        {"joins rectangles", joins_rectangles},
        CU_TEST_INFO_NULL,
    };
    return run_suite("view", tests);
}
