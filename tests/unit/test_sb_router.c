/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where touches go: layouts, personas, gestures in the bar. */
#include <string.h>

#include "input/router.h"
#include "suite.h"

struct panel board_panel = {720, 1440, 62, 124};

static struct layout layout;
static struct router router;

static void start(enum view view, unsigned personas)
{
    memset(&router, 0, sizeof(router));
    layout_make(&layout, view, personas);
}

static struct route event(unsigned slot, enum touch_action action, uint32_t x, uint32_t y)
{
    return router_event(&router, &layout, slot, action, x, y);
}

static void test_layouts(void)
{
    start(VIEW_SINGLE, 2);
    CU_ASSERT_EQUAL(layout.areas, 1);
    CU_ASSERT_EQUAL(layout_find(&layout, 0, BAR_HEIGHT - 1), -1);
    CU_ASSERT_EQUAL(layout_find(&layout, 0, BAR_HEIGHT), 0);
    CU_ASSERT_EQUAL(layout_find(&layout, SCREEN_WIDTH - 1, SCREEN_HEIGHT - 1), 0);
    CU_ASSERT_EQUAL(layout_find(&layout, SCREEN_WIDTH, SCREEN_HEIGHT - 1), -1);
    start(VIEW_SIDE, 2);
    CU_ASSERT_EQUAL_FATAL(layout.areas, 2);
    for (unsigned i = 0; i < 2; i++) {
        const struct rect *area = &layout.area[i];

        CU_ASSERT_TRUE(area->y >= BAR_HEIGHT && area->y + area->height <= SCREEN_HEIGHT);
        CU_ASSERT_EQUAL(area->width * PERSONA_HEIGHT, area->height * PERSONA_WIDTH);
        CU_ASSERT_EQUAL(layout_find(&layout, area->x, area->y), (int)i);
    }
    CU_ASSERT_EQUAL(layout_find(&layout, 10, BAR_HEIGHT + 1), -1);
    layout_make(&layout, VIEW_SIDE, 1);
    CU_ASSERT_EQUAL(layout.areas, 1);
    layout_make(&layout, VIEW_SINGLE, 0);
    CU_ASSERT_EQUAL(layout.areas, 0);
}

static void test_persona(void)
{
    struct route route;

    start(VIEW_SINGLE, 2);
    route = event(3, TOUCH_DOWN, 100, BAR_HEIGHT + 200);
    CU_ASSERT_EQUAL(route.kind, ROUTE_TOUCH);
    CU_ASSERT_EQUAL(route.x, 100);
    CU_ASSERT_EQUAL(route.y, 200);
    route = event(3, TOUCH_MOVE, 719, 10); /* into the bar: still the persona's, at its edge */
    CU_ASSERT_EQUAL(route.kind, ROUTE_TOUCH);
    CU_ASSERT_EQUAL(route.x, 719);
    CU_ASSERT_EQUAL(route.y, 0);
    route = event(3, TOUCH_UP, 719, 10);
    CU_ASSERT_TRUE(route.kind == ROUTE_TOUCH && route.action == TOUCH_UP);
    CU_ASSERT_EQUAL(event(3, TOUCH_MOVE, 300, 300).kind, ROUTE_NOTHING);
}

static void test_side(void)
{
    struct route route;

    start(VIEW_SIDE, 2);
    route = event(0, TOUCH_DOWN, 360 + 359, layout.area[1].y + layout.area[1].height - 1);
    CU_ASSERT_TRUE(route.kind == ROUTE_TOUCH && route.area == 1);
    CU_ASSERT_EQUAL(route.x, 718);
    CU_ASSERT_EQUAL(route.y, 1374);
    route = event(1, TOUCH_DOWN, 0, layout.area[0].y);
    CU_ASSERT_TRUE(route.kind == ROUTE_TOUCH && route.area == 0 && !route.x && !route.y);
    route = event(1, TOUCH_MOVE, 700, 1439); /* over the other one: still the left one's */
    CU_ASSERT_TRUE(route.area == 0 && route.x == 718 && route.y == 1374);
    CU_ASSERT_EQUAL(event(2, TOUCH_DOWN, 100, 80).kind, ROUTE_NOTHING); /* between bar and area */
    CU_ASSERT_EQUAL(event(2, TOUCH_UP, 100, 900).kind, ROUTE_NOTHING);
}

static void test_swipes(void)
{
    start(VIEW_SINGLE, 2);
    CU_ASSERT_EQUAL(event(0, TOUCH_DOWN, 400, 30).kind, ROUTE_NOTHING);
    CU_ASSERT_EQUAL(event(0, TOUCH_MOVE, 400 - ROUTER_SWIPE + 1, 30).kind, ROUTE_NOTHING);
    CU_ASSERT_EQUAL(event(0, TOUCH_MOVE, 400 - ROUTER_SWIPE, 30).kind, ROUTE_NEXT);
    CU_ASSERT_EQUAL(event(0, TOUCH_MOVE, 0, 30).kind, ROUTE_NOTHING); /* once per touch */
    CU_ASSERT_EQUAL(event(0, TOUCH_UP, 0, 30).kind, ROUTE_NOTHING);
    event(0, TOUCH_DOWN, 10, 63);
    CU_ASSERT_EQUAL(event(0, TOUCH_MOVE, 10 + ROUTER_SWIPE, 70).kind, ROUTE_PREVIOUS);
    event(1, TOUCH_DOWN, 300, 0);
    CU_ASSERT_EQUAL(event(1, TOUCH_MOVE, 310, ROUTER_PULL).kind, ROUTE_PULL);
    event(1, TOUCH_DOWN, 500, 10);
    CU_ASSERT_TRUE(event(1, TOUCH_UP, 500, 12).kind == ROUTE_PICK);
    event(1, TOUCH_DOWN, 500, 10);
    CU_ASSERT_EQUAL(event(1, TOUCH_UP, 500, 100).kind, ROUTE_NOTHING);
}

static void test_take_away(void)
{
    unsigned area = 9;

    start(VIEW_SIDE, 2);
    event(4, TOUCH_DOWN, 500, 800);
    CU_ASSERT_FALSE(router_take_away(&router, 3, &area));
    CU_ASSERT_TRUE(router_take_away(&router, 4, &area));
    CU_ASSERT_EQUAL(area, 1);
    CU_ASSERT_EQUAL(event(4, TOUCH_MOVE, 500, 810).kind, ROUTE_NOTHING);
    CU_ASSERT_FALSE(router_take_away(&router, 4, &area));
    event(5, TOUCH_DOWN, 500, 800);
    layout_make(&layout, VIEW_SINGLE, 2); /* the area is gone before the finger */
    CU_ASSERT_EQUAL(event(5, TOUCH_MOVE, 500, 810).kind, ROUTE_NOTHING);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"layouts", test_layouts},
                                        {"to the persona", test_persona},
                                        {"side by side", test_side},
                                        {"gestures in the bar", test_swipes},
                                        {"fingers taken away", test_take_away},
                                        CU_TEST_INFO_NULL};

    return run_suite("router", tests);
}
