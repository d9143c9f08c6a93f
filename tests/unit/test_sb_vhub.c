/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's sensor hub: as Linux drives it, and as nobody should. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "vm/vhub.h"

#define ACCEL   1u
#define LIGHT   4u
#define FEATURE 9u /* bytes of a feature report */

#define POWER_OFF 6u

static struct hid_hub board;
static struct vhub hub;
static bool board_answers;

/* What the board's sensor says now. */
static bool poll(unsigned number, struct hid_report *report)
{
    if (!board_answers || number != ACCEL) {
        return false;
    }
    *report = (struct hid_report){9, {ACCEL, 1, 4, 7, 0, 8, 0, 9, 0}};
    return true;
}

static void fresh(void)
{
    memset(&board, 0, sizeof(board));
    board.descriptor[0] = HID_DESCRIPTOR;
    board.tree_len = 600;
    memset(board.tree, 0x5a, board.tree_len);
    board.input[ACCEL] = (struct hid_report){9, {ACCEL, 1, 4, 1, 0, 2, 0, 3, 0}};
    board.feature[ACCEL] = (struct hid_report){FEATURE, {ACCEL, HID_NO_EVENTS, POWER_OFF, 50}};
    board.input[LIGHT] = (struct hid_report){7, {LIGHT, 1, 4, 44, 1, 0, 0}};
    board.feature[LIGHT] = (struct hid_report){FEATURE, {LIGHT, HID_NO_EVENTS, POWER_OFF, 50}};
    board_answers = true;
    hub.hub = &board;
    hub.poll = poll;
    vhub_reset(&hub);
}

static bool put(const uint8_t *bytes, unsigned len)
{
    bool ok = true;

    vhub_start(&hub, false);
    for (unsigned i = 0; i < len; i++) {
        ok &= vhub_write(&hub, bytes[i]);
    }
    return ok;
}

#define PUT(...) put((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* A read after it, with a repeated start; what was read is in `got`. */
static uint8_t got[1024];

static unsigned get(unsigned len)
{
    vhub_start(&hub, true);
    for (unsigned i = 0; i < len; i++) {
        got[i] = vhub_read(&hub);
    }
    vhub_stop(&hub);
    return got[0] | got[1] << 8;
}

static void turn(unsigned number, bool on)
{
    const uint8_t reporting = on ? HID_ALL_EVENTS : HID_NO_EVENTS;

    CU_ASSERT_TRUE(PUT(5, 0, (uint8_t)(0x30 | number), 3, 6, 0, 2 + FEATURE, 0, (uint8_t)number,
                       reporting, HID_POWER_FULL, 100, 0, 0, 0, 0, 0));
    vhub_stop(&hub);
}

static void start(void)
{
    fresh();
    PUT(1, 0);
    CU_ASSERT_EQUAL(get(HID_DESCRIPTOR), HID_DESCRIPTOR);
    PUT(2, 0);
    get(601);
    CU_ASSERT_EQUAL(got[0], 0x5a);
    CU_ASSERT_EQUAL(got[599], 0x5a);
    CU_ASSERT_EQUAL(got[600], 0); /* there is no more */
    CU_ASSERT_FALSE(vhub_line(&hub));
    PUT(5, 0, 0, 1);
    vhub_stop(&hub);
    CU_ASSERT_TRUE(vhub_line(&hub));
    CU_ASSERT_EQUAL(get(17), 0);
    CU_ASSERT_FALSE(vhub_line(&hub));
    CU_ASSERT_EQUAL(get(17), 0);
}

static void events(void)
{
    const struct hid_report news = {9, {ACCEL, 1, 3, 5, 0, 5, 0, 5, 0}};

    fresh();
    vhub_news(&hub, ACCEL, &news);
    CU_ASSERT_FALSE(vhub_line(&hub)); /* it does not listen */
    turn(ACCEL, true);
    CU_ASSERT_TRUE(vhub_is_on(&hub, ACCEL));
    CU_ASSERT_EQUAL(get(17), 11);
    CU_ASSERT_EQUAL(got[2], ACCEL);
    CU_ASSERT_EQUAL(got[5], 7); /* as the board's is now */
    CU_ASSERT_FALSE(vhub_line(&hub));
    vhub_news(&hub, ACCEL, &news);
    CU_ASSERT_TRUE(vhub_line(&hub));
    CU_ASSERT_EQUAL(get(17), 11);
    CU_ASSERT_EQUAL(memcmp(got + 2, news.bytes, news.len), 0);
    vhub_news(&hub, ACCEL, &news);
    turn(ACCEL, false);
    CU_ASSERT_FALSE(vhub_line(&hub));
    PUT(5, 0, 0x30 | ACCEL, 3, 6, 0, 2 + FEATURE, 0, ACCEL, HID_ALL_EVENTS, POWER_OFF, 0, 0, 0, 0,
        0, 0);
    vhub_stop(&hub);
    CU_ASSERT_FALSE(vhub_is_on(&hub, ACCEL)); /* events, but no power */
}

static void told_again(void)
{
    fresh();
    CU_ASSERT_FALSE(vhub_repeats(&hub));
    turn(ACCEL, true);
    get(17);
    turn(ACCEL, true); /* it is on already */
    CU_ASSERT_FALSE(vhub_line(&hub));
    for (unsigned i = 0; i < VHUB_REPEATS; i++) {
        CU_ASSERT_TRUE_FATAL(vhub_repeats(&hub));
        vhub_repeat(&hub);
        CU_ASSERT_TRUE(vhub_line(&hub));
        CU_ASSERT_EQUAL(get(17), 11);
        CU_ASSERT_EQUAL(got[2], ACCEL);
        CU_ASSERT_FALSE(vhub_line(&hub));
    }
    CU_ASSERT_FALSE(vhub_repeats(&hub));
    PUT(5, 0, 0x10 | ACCEL, 2, 6, 0); /* it is only asked for its values */
    get(11);
    CU_ASSERT_FALSE(vhub_repeats(&hub));
    PUT(5, 0, 0x30 | ACCEL, 2, 6, 0); /* for its settings */
    get(11);
    CU_ASSERT_TRUE(vhub_repeats(&hub));
    vhub_repeat(&hub);
    CU_ASSERT_TRUE(vhub_line(&hub));
    turn(ACCEL, false);
    PUT(5, 0, 0x30 | ACCEL, 2, 6, 0);
    get(11);
    CU_ASSERT_FALSE(vhub_repeats(&hub));
    turn(ACCEL, true);
    vhub_repeat(&hub);
    turn(ACCEL, false);
    CU_ASSERT_FALSE(vhub_repeats(&hub));
    vhub_repeat(&hub);
    CU_ASSERT_FALSE(vhub_line(&hub));
}

static void by_request(void)
{
    fresh();
    PUT(5, 0, 0x10 | ACCEL, 2, 6, 0);
    CU_ASSERT_EQUAL(get(11), 11);
    CU_ASSERT_EQUAL(got[5], 7);
    PUT(5, 0, 0x10 | LIGHT, 2, 6, 0);
    CU_ASSERT_EQUAL(get(11), 9);
    CU_ASSERT_EQUAL(got[5], 44); /* the board does not say */
    PUT(5, 0, 0x30 | LIGHT, 2, 6, 0);
    CU_ASSERT_EQUAL(get(11), 11);
    CU_ASSERT_EQUAL(got[5], 50);
    PUT(5, 0, 0x20 | LIGHT, 2, 6, 0);
    CU_ASSERT_EQUAL(get(11), 0);
    PUT(5, 0, 0x10 | 15, 2, 6, 0);
    CU_ASSERT_EQUAL(get(11), 0);
    PUT(5, 0, 0x10 | 5, 2, 6, 0); /* there is no such sensor */
    CU_ASSERT_EQUAL(get(11), 2);
}

static void fixed(void)
{
    fresh();
    hub.poll = NULL;
    PUT(5, 0, 0x10 | ACCEL, 2, 6, 0);
    CU_ASSERT_EQUAL(get(11), 11);
    CU_ASSERT_EQUAL(got[5], 1);
    turn(ACCEL, true);
    CU_ASSERT_EQUAL(get(17), 11);
    CU_ASSERT_EQUAL(got[5], 1);
}

static void wrong_writes(void)
{
    fresh();
    PUT(5, 0, 0x30 | ACCEL, 3, 6, 0, 11, 0, ACCEL, 2, 2); /* too short */
    vhub_stop(&hub);
    CU_ASSERT_FALSE(vhub_is_on(&hub, ACCEL));
    PUT(5, 0, 0x30, 3, 6, 0, 11, 0, 0, 2, 2, 1, 1, 1, 1, 1, 1);
    vhub_stop(&hub);
    PUT(5, 0, 0x3f, 3, 6, 0, 11, 0, 15, 2, 2, 1, 1, 1, 1, 1, 1);
    vhub_stop(&hub);
    CU_ASSERT_FALSE(vhub_line(&hub));
    vhub_start(&hub, false);
    for (unsigned i = 0; i < VHUB_WRITE; i++) {
        CU_ASSERT_TRUE(vhub_write(&hub, 5));
    }
    CU_ASSERT_FALSE(vhub_write(&hub, 5));
    vhub_stop(&hub);
}

static void at_random(void)
{
    static const uint8_t often[] = {5, 0, 1, 2, 3, 6, 0x31, 0x34, 0x11, 11, ACCEL, LIGHT};
    unsigned on = 0;

    fresh();
    srand(1);
    for (unsigned i = 0; i < 300000; i++) {
        switch (rand() % 8) {
        case 0:
            vhub_start(&hub, rand() % 2);
            break;
        case 1:
            vhub_stop(&hub);
            break;
        case 2:
            vhub_read(&hub);
            break;
        case 3:
            vhub_news(&hub, 1 + (unsigned)rand() % HID_REPORTS, &board.input[ACCEL]);
            break;
        case 4:
            vhub_repeat(&hub);
            turn(rand() % 2 ? ACCEL : LIGHT, rand() % 2);
            break;
        default:
            vhub_write(&hub, rand() % 4 ? often[rand() % (int)sizeof(often)] : (uint8_t)rand());
        }
        on += vhub_is_on(&hub, ACCEL);
        CU_ASSERT_TRUE_FATAL(hub.write_count <= VHUB_WRITE && hub.at <= hub.count);
    }
    CU_ASSERT_TRUE(on > 1000);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"descriptors and reset", start},
        {"events", events},
        {"what is turned on tells it again", told_again},
        {"reports by request", by_request},
        {"fixed values", fixed},
        {"writes that make no sense", wrong_writes},
        {"random transfers", at_random},
        CU_TEST_INFO_NULL,
    };

    return run_suite("guest's sensor hub", tests);
}
